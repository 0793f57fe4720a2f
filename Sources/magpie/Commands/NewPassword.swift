import ArgumentParser

struct NewPassword: ParsableArguments {
    @Option(help: "The password, which other users of this machine can see meanwhile; one is made up without.")
    var password: String?
    @Flag(help: "Reads the password's line from standard input instead.") var passwordStdin = false

    func read() -> String? { passwordStdin ? readLine() ?? "" : password }
}

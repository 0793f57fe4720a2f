import ArgumentParser

struct Audit: CommandGroup {
    static let configuration = CommandConfiguration(abstract: "The tamper-evident log.", subcommands: [Verify.self])
}

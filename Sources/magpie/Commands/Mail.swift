import ArgumentParser

struct Mail: CommandGroup {
    static let configuration = CommandConfiguration(abstract: "Mails to customers.", subcommands: [Retry.self])
}

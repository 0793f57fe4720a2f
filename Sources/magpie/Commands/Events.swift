import ArgumentParser

struct Events: CommandGroup {
    static let configuration = CommandConfiguration(
        abstract: "The event log.", subcommands: [Replay.self, DeadLetters.self])
}

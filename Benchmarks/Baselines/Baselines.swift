import ArgumentParser

/// The baselines of Magpie's figures: the minimum that the same libraries need for the same work.
@main
struct Baselines: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "magpie-baselines", abstract: "What the benchmarks compare Magpie with.",
        subcommands: [BareRoute.self, DurableCommits.self])
}

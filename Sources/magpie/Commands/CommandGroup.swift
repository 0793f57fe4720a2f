import ArgumentParser

/// A command that only holds others: alone it is wrong usage.
protocol CommandGroup: AsyncParsableCommand {}

extension CommandGroup {
    func run() async throws {
        Console.complain(Magpie.helpMessage(for: Self.self))
        throw ExitCode.validationFailure
    }
}

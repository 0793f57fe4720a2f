import ArgumentParser
import Logging

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fills an empty shop with the demo catalogue and demo accounts: what `up --demo` does first.")
    @OptionGroup var options: Settings.Options

    func run() async throws {
        var settings = try Settings(options)
        settings.logLevel = .warning
        let shop = try await OneProcess(settings: settings)
        try await shop.settleCurrency()
        let accounts = try await shop.fillWithDemo(report: Console.say)
        try await shop.close()
        for account in accounts { Console.say(account.line) }
    }
}

import ArgumentParser
import Foundation
import PostgresDriver

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Brings every service's schema up to date.")
    @OptionGroup var options: Settings.Options

    func run() async throws {
        let settings = try Settings(options)
        let shop = try await OneProcess(settings: settings, quiet: true)
        try await shop.settleCurrency()
        Console.say(
            "Every schema \(settings.backends.database.map { "of \($0.database) at \($0.address)" } ?? "in \(shop.folder.root.path)") is up to date."
        )
        try await shop.close()
    }
}

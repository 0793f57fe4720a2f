import ArgumentParser
import Commerce
import ServiceKit

struct Export: CommandGroup {
    static let configuration = CommandConfiguration(
        abstract: "Writes what the shop holds as JSON, one object a line.",
        subcommands: [Products.self, Orders.self, Customers.self])
}

extension Export {
    /// Writes every item, page after page.
    static func write<Item: Encodable & Sendable>(
        _ what: String, _ options: Settings.Options, _ page: (OneProcess, _ cursor: String?) async throws -> Page<Item>
    ) async throws {
        let shop = try await OneProcess.forCommand(Settings(options))
        try await shop.record([StaffAction("\(what).export", on: what)])
        try await CallContext(principal: .system("export")).run {
            var cursor: String?
            repeat {
                let page = try await page(shop, cursor)
                for item in page.items { Console.say(try JSON.text(item)) }
                cursor = page.nextCursor
            } while cursor != nil
        }
        try await shop.close()
    }
}

import ArgumentParser
import AuthContract
import AuthService
import Commerce
import Foundation
import OrderContract
import OrderService
import ProductContract
import ProductService
import ServiceKit

struct Export: CommandGroup {
    static let configuration = CommandConfiguration(
        abstract: "Writes what the shop holds as JSON, one object a line.",
        subcommands: [Products.self, Orders.self, Customers.self])

    struct Products: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Every product, unpublished ones too.")
        @OptionGroup var options: Settings.Options

        func run() async throws {
            try await export("products", options) { shop, cursor in
                var query = ProductQuery()
                (query.limit, query.cursor, query.includeUnpublished) = (100, cursor, true)
                var page = try await shop.products.products(query)
                for (index, item) in page.items.enumerated() where item.variantCount > item.variants.count {
                    page.items[index] = try await shop.products.product(item.id.rawValue)
                }
                return Page(items: page.items, nextCursor: page.nextCursor)
            }
        }
    }

    struct Orders: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Every order, newest first.")
        @OptionGroup var options: Settings.Options

        func run() async throws {
            try await export("orders", options) { shop, cursor in
                var query = OrderQuery()
                query.page = PageRequest(cursor: cursor, limit: 100)
                return try await shop.orders.orders(query)
            }
        }
    }

    struct Customers: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Every account, newest first.")
        @OptionGroup var options: Settings.Options

        func run() async throws {
            try await export("customers", options) { shop, cursor in
                try await shop.accounts.customers(email: nil, page: PageRequest(cursor: cursor, limit: 100))
            }
        }
    }
}

private func export<Item: Encodable & Sendable>(
    _ what: String, _ options: Settings.Options, _ page: (Shop, _ cursor: String?) async throws -> Page<Item>
) async throws {
    let shop = try await Shop.forCommand(Settings(options))
    try await shop.record([StaffAct("\(what).export", on: what)])
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try await CallContext(principal: .system("export")).run {
        var cursor: String?
        repeat {
            let page = try await page(shop, cursor)
            for item in page.items { Console.say(String(decoding: try encoder.encode(item), as: UTF8.self)) }
            cursor = page.nextCursor
        } while cursor != nil
    }
    try await shop.close()
}

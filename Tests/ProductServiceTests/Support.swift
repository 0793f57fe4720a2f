import Commerce
import EventContract
import EventLog
import Logging
import ProductContract
import ProductService
import SQL
import ServiceKit
import TestSupport

/// A catalogue on a new database, with time held still.
struct Shop: Catalogue, Sendable {
    let service: any Products
    /// Releases expired reservations, as the background service does.
    let releaseExpired: @Sendable () async throws -> Int
    let time: TestClock
    let database: any Database
    let metrics: RecordedMetrics
    /// The service with what only its own process may ask it.
    let catalogue: ProductService

    /// The events of the catalogue, oldest first.
    func events() async throws -> [Event] {
        try await withEventLog { log in
            let relay = OutboxRelay(of: "test", database: database, log: log, logger: Logger(label: "test"))
            while try await relay.relayOnce() > 0 {}
            return try await log.poll(group: "test", topic: .catalogue, limit: 10_000, wait: .zero).map(\.event)
        }
    }

    /// Creates a product without options.
    @discardableResult func add(
        _ title: String, price: Int64 = 1_000, stock: Int? = 10, tags: [String] = [], vendor: String = "",
        category: String? = nil, sku: String = "", description: String = "", status: Product.Status = .published
    ) async throws -> Product {
        var draft = ProductDraft.simple(title, price: price, stock: stock)
        draft.tags = tags
        draft.vendor = vendor
        draft.category = category
        draft.variants[0].sku = sku
        draft.descriptionHTML = description
        draft.status = status
        return try await asStaff { [draft] in try await service.create(draft).value }
    }
}

func withShop(_ body: (Shop) async throws -> Void) async throws {
    try await withDatabase(ProductService.migrations) { database in try await withShop(on: database, body) }
}

func withShop(on database: any Database, _ body: (Shop) async throws -> Void) async throws {
    try await withEventLog { log in
        let (time, metrics) = (TestClock(), RecordedMetrics(ProductMetrics.all))
        let service = ProductService(
            database: database, log: log, clock: time.clock, metrics: metrics.factory, logger: Logger(label: "test"))
        try await body(
            Shop(
                service: service, releaseExpired: { try await service.releaseExpired() }, time: time,
                database: database, metrics: metrics, catalogue: service))
    }
}

extension ProductDraft {
    static func simple(_ title: String, price: Int64 = 1_000, stock: Int? = 10) -> ProductDraft {
        ProductDraft(
            handle: "", title: title,
            variants: [Variant(sku: "", optionValues: [], price: Money(price, .usd), inventoryQuantity: stock)])
    }

    /// In two colours.
    static func mug() -> ProductDraft {
        ProductDraft(
            handle: "mug", title: "Mug", optionNames: ["Colour"],
            variants: [
                Variant(sku: "MUG-R", optionValues: ["Red"], price: Money(1_200, .usd), inventoryQuantity: 5),
                Variant(sku: "MUG-B", optionValues: ["Blue"], price: Money(1_400, .usd), inventoryQuantity: 7),
            ])
    }
}

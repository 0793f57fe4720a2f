import Commerce
import EventLog
import Logging
import ProductContract
import ProductService
import ServiceKit
import TestSupport

/// A catalogue on a new database, to import into.
struct Shop: Catalogue, Sendable {
    let service: any Products
}

func withShop(_ body: (Shop) async throws -> Void) async throws {
    try await withDatabase(ProductService.migrations) { database in
        try await withEventLog { log in
            try await body(Shop(service: ProductService(database: database, log: log, logger: Logger(label: "test"))))
        }
    }
}

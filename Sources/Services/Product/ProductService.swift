package import Commerce
package import EventLog
package import Logging
import ProductContract
package import SQL
import ServiceKit
package import ServiceLifecycle

/// The catalogue and its stock.
///
/// Needs a database of its own and the event log its changes are told to. Offers `Products`; a process that runs it
/// must also run its background services.
package final class ProductService: Products {
    /// The schema this service needs; apply it with `Database.migrate` before anything else.
    package static let migrations: [Migration] = [
        ProductMigrations.catalogue, ProductMigrations.stock, ProductMigrations.search, Outbox.migration,
        Idempotency.migration, Outbox.relayMigration, ProductMigrations.givenUpOrders,
        ProductMigrations.importedStock, ProductMigrations.shopCurrency, ProductMigrations.safeDescriptions,
        ProductMigrations.productsToIndex, ProductMigrations.freedNames,
    ]

    let database: any Database
    let clock: WallClock
    let search: any SearchIndex
    let cache = ProductCache()
    private let log: any EventLog
    private let logger: Logger
    private let changed: @Sendable (Set<ProductID>) -> Void

    /// - Parameters:
    ///   - log: Where the catalogue's events are published.
    ///   - changed: Is told what a change touched as soon as it is committed, for caches in the same process.
    package init(
        database: any Database, log: any EventLog, clock: WallClock = .system, logger: Logger,
        changed: @escaping @Sendable (Set<ProductID>) -> Void = { _ in }
    ) {
        self.changed = changed
        self.database = database
        search = database.dialect.searchIndex
        self.log = log
        self.clock = clock
        self.logger = logger
    }

    /// Publishes events and lets reservations expire; run them in every process that runs the service.
    package var backgroundServices: [any ServiceLifecycle.Service] {
        [
            OutboxRelay(of: "product-service", database: database, log: log, logger: logger),
            Periodic(every: .seconds(5), "expired reservations", logger: logger) { [self] in
                let released = try await releaseExpired()
                if released > 0 {
                    logger.info("Expired reservations were released", metadata: ["reservation.count": "\(released)"])
                }
            },
            Periodic(every: .seconds(3_600), "products to index", logger: logger) { [self] in
                while try await indexOutdated() > 0, !Task.isCancelled {}
            },
            Periodic(every: .seconds(3_600), "old idempotency keys", logger: logger, body: forgetOldNotes),
        ]
    }

    /// Writes some of the search entries anew that an earlier version left.
    /// - Returns: How many; 0 when none is left.
    package func indexOutdated() async throws -> Int { try await change { try $0.indexOutdated() } }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        do {
            return try await database.read(body)
        } catch {
            throw answer(to: error)
        }
    }

    /// Runs a change in one transaction, as the current caller, and drops from the cache what it touched.
    func change<Value: Sendable>(
        _ body: @escaping @Sendable (CatalogueTransaction) throws -> Value
    ) async throws -> Value {
        let (clock, search) = (clock, search)
        do {
            let (value, touched) = try await database.write { tx in
                let change = CatalogueTransaction(
                    tx: tx, now: clock.now(), actor: CallContext.current.principal.name, search: search)
                let value = try body(change)
                return (value, change.touched)
            }
            if !touched.isEmpty {
                cache.drop(touched)
                changed(touched)
            }
            return value
        } catch {
            throw answer(to: error)
        }
    }

    private func answer(to error: any Error) -> any Error {
        if error is ServiceError || error is CancellationError { return error }
        if let error = error as? SQLError, let meaning = CatalogueError.meaning(of: error) { return meaning }
        logger.error("A catalogue transaction failed", metadata: ["error": "\(error)"])
        return ServiceError.unexpected
    }
}

package import Commerce
package import CoreMetrics
package import EventLog
package import Logging
import ProductContract
package import SQL
package import ServiceKit
package import ServiceLifecycle

/// The catalogue and its stock.
///
/// Needs a database of its own and the event log that its changes are published to. Offers `Products`; a process that
/// runs it must also run its background services.
package final class ProductService: Products {
    /// The schema this service needs; apply it with `Database.migrate` before anything else.
    package static let migrations: [Migration] = ProductMigrations.all

    /// `oversold_units` and `ledger_mismatch`; made once a minute by the background services.
    package let checks: [CorrectnessCheck]

    let store: CatalogueStore
    let boundary: ErrorBoundary
    let stockRefused: any CounterHandler
    private let measureReservations: MeasureReservations
    private let database: any Database
    private let log: any EventLog
    private let logger: Logger

    /// - Parameters:
    ///   - log: Where the catalogue's events are published.
    ///   - changed: Is called with the products that a change touched as soon as it is committed, for caches in the same
    ///     process.
    package init(
        database: any Database, log: any EventLog, clock: WallClock = .system,
        metrics: any MetricsFactory = MetricsSystem.factory, logger: Logger,
        changed: @escaping @Sendable (Set<ProductID>) -> Void = { _ in }
    ) {
        stockRefused = ProductMetrics.stockRefused.counter(service: ProductMetrics.service, in: metrics)
        measureReservations = MeasureReservations(database: database, metrics)
        checks = Self.checks(of: database, clock: clock, metrics: metrics, logger: logger)
        self.database = database
        self.log = log
        self.logger = logger
        boundary = ErrorBoundary(
            of: "The catalogue", contract: "Products", service: "product-service", logger: logger
        ) {
            ($0 as? SQLError).flatMap(CatalogueError.meaning)
        }
        store = CatalogueStore(database: database, clock: clock, boundary: boundary, changed: changed)
    }

    /// Publishes events and lets reservations expire; run them in every process that runs the service.
    package var backgroundServices: [any ServiceLifecycle.Service] {
        [
            OutboxRelay(of: "product-service", database: database, log: log, logger: logger),
            Periodic(every: .seconds(5), "expired reservations", logger: logger) { [store, logger] in
                let released = try await ReleaseExpiredReservations(store: store).run()
                if released > 0 {
                    logger.info("Expired reservations were released", metadata: ["reservation.count": "\(released)"])
                }
            },
            CorrectnessCheck.repeated(checks, logger: logger),
            Periodic(every: .seconds(15), "count of reservations", logger: logger) { [measureReservations] in
                try await measureReservations.run()
            },
            Periodic(every: .seconds(3_600), "products to index", logger: logger) { [store] in
                while try await IndexOutdatedProducts(store: store).run() > 0, !Task.isCancelled {}
            },
            Periodic(every: .seconds(3_600), "old idempotency keys", logger: logger) { [store] in
                try await DeleteExpiredRecords(store: store).run()
            },
        ]
    }

    private static func checks(
        of database: any Database, clock: WallClock, metrics: any MetricsFactory, logger: Logger
    ) -> [CorrectnessCheck] {
        let (oversold, mismatch) = ("oversold_units", "ledger_mismatch")
        let stock = CheckStock(
            database: database, clock: clock,
            violations: [oversold: { $0.oversold }, mismatch: { $0.isMismatch ? 1 : 0 }])
        return [oversold, mismatch].map { name in
            CorrectnessCheck(name, of: ProductMetrics.service, clock: clock, metrics: metrics, logger: logger) {
                try await stock.run(name, $0)
            }
        }
    }

    /// Sets the gauge of reservations, as the background services do.
    package func countReservations() async throws { try await measureReservations.run() }
}

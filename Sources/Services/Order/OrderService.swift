package import CartContract
package import Commerce
package import CoreMetrics
package import EventLog
package import Identity
package import Logging
package import OfferContract
package import ProductContract
package import SQL
package import ServiceKit
package import ServiceLifecycle

/// Turns carts into paid orders, and keeps orders, stock and payments consistent across crashes.
///
/// Needs a database of its own, the cart, product and offer services, and payment providers. Offers `Orders`; publishes
/// `OrderPlaced`, `OrderCancelled`, `OrderFulfilled`, `PaymentChanged` and `OrdersCheckpoint`.
package struct OrderService: Sendable {
    /// For `Database.migrate`.
    package static let migrations = OrderMigrations.all

    /// `captured_without_order` and `order_without_event`; made once a minute by the background services.
    package let checks: [CorrectnessCheck]

    let context: OrderContext
    let boundary: ErrorBoundary
    private let log: (any EventLog)?
    private let sagaGauges: MeasureSagas

    /// - Parameters:
    ///   - providers: The payment providers of new and earlier payments, with unique names. Checkout offers those with
    ///     a `method`.
    ///   - links: Verifies the signed links that open guests' orders. Nil: no link is accepted.
    ///   - log: The log to which the outbox relay publishes. Nil: events stay in the outbox.
    package init(
        database: any Database, carts: any Carts, products: any Products, offers: any Offers,
        providers: [any PaymentProvider], links: LinkSigner? = nil, log: (any EventLog)? = nil,
        settings: OrderSettings = OrderSettings(), faults: FaultPoints = .none, clock: WallClock = .system,
        metrics: any MetricsFactory = MetricsSystem.factory, logger: Logger
    ) {
        context = OrderContext(
            database: database, carts: carts, products: products, offers: offers,
            providers: Dictionary(
                providers.map { ($0.name, TracedPaymentProvider($0)) }, uniquingKeysWith: { first, _ in first }),
            digests: OrderDigests(database: database, links: links, clock: clock), clock: clock, settings: settings,
            faults: faults, counters: OrderCounters(providers: providers.map(\.name), metrics), logger: logger)
        sagaGauges = MeasureSagas(database: database, clock: clock, metrics)
        let checkPayments = CheckPayments(context: context)
        let publishCheckpoint = PublishCheckpoint(context: context)
        checks = [
            CorrectnessCheck(
                "captured_without_order", of: OrderMetrics.service, clock: clock, metrics: metrics, logger: logger
            ) { try await checkPayments.run($0) },
            CorrectnessCheck(
                "order_without_event", of: OrderMetrics.service, clock: clock, metrics: metrics, logger: logger
            ) { _ in try await publishCheckpoint.overdue() },
        ]
        self.log = log
        boundary = ErrorBoundary(
            of: "The order service", contract: "Orders", service: "order-service", logger: logger
        ) {
            $0 is CancellationError ? ServiceError.deadlineExceeded : nil
        }
    }

    /// The reconciler, and the outbox relay when there is a log.
    package var backgroundServices: [any Service] {
        let reconciliation = ReconcileOrders(context: context)
        var services: [any Service] = [
            Periodic(every: context.settings.reconcileInterval, "orders to reconcile", logger: context.logger) {
                try await reconciliation.run()
            },
            Periodic(every: .seconds(3_600), "expired checkouts", logger: context.logger, body: deleteExpiredRecords),
            CorrectnessCheck.repeated(checks, logger: context.logger),
            Periodic(every: .seconds(15), "count of unfinished checkouts", logger: context.logger) { [sagaGauges] in
                try await sagaGauges.run()
            },
        ]
        if let log {
            services += [
                OutboxRelay(of: "order-service", database: context.database, log: log, logger: context.logger),
                Periodic(every: CorrectnessCheck.interval, "checkpoint of orders", logger: context.logger) {
                    try await publishCheckpoint()
                },
            ]
        }
        return services
    }

    /// Deletes keys and refused payments that are older than two days, as the background services do once an hour.
    package func deleteExpiredRecords() async throws { try await DeleteExpiredRecords(context: context).run() }

    /// Publishes which orders were placed since the last time, as the background services do once a minute.
    package func publishCheckpoint() async throws { try await PublishCheckpoint(context: context).run() }

    /// Sets the gauges of unfinished checkouts, cancellations and refunds, as the background services do.
    package func measureSagas() async throws { try await sagaGauges.run() }

    /// One round of the reconciler.
    /// - Returns: The number of checkouts and tasks that were processed.
    @discardableResult package func reconcileOnce() async throws -> Int {
        try await ReconcileOrders(context: context).run()
    }
}

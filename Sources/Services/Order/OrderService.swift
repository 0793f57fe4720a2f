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

/// Turns carts into paid orders, and keeps orders, stock and money in agreement whatever crashes.
///
/// Needs a database of its own, the cart, product and offer services, and payment providers. Offers `Orders`; publishes
/// `OrderPlaced`, `OrderCancelled`, `OrderFulfilled` and `PaymentChanged`.
package struct OrderService: Sendable {
    /// For `Database.migrate`.
    package static let migrations: [Migration] = [
        Idempotency.migration, Outbox.migration, OrderMigrations.orders, OrderMigrations.checkouts,
        OrderMigrations.coupons, OrderMigrations.leanCheckouts, OrderMigrations.couponOwners, Outbox.relayMigration,
        OrderMigrations.refusals,
    ]

    let shop: Workshop
    private let log: (any EventLog)?

    /// - Parameters:
    ///   - providers: What customers pay or have paid with, each by a name of its own; its `method` is what checkout
    ///     offers.
    ///   - links: Whose links open guests' orders; none do when nil.
    ///   - log: Where the outbox relay publishes; without one, events wait in the outbox.
    package init(
        database: any Database, carts: any Carts, products: any Products, offers: any Offers,
        providers: [any PaymentProvider], links: LinkSigner? = nil, log: (any EventLog)? = nil,
        settings: OrderSettings = OrderSettings(), faults: FaultPoints = .none, clock: WallClock = .system,
        metrics: any MetricsFactory = MetricsSystem.factory, logger: Logger
    ) {
        shop = Workshop(
            database: database, carts: carts, products: products, offers: offers,
            providers: Dictionary(providers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }),
            guests: GuestTokens(database: database, links: links, clock: clock), clock: clock, settings: settings,
            faults: faults, refusals: RefusalCounts(metrics), logger: logger)
        self.log = log
    }

    /// The reconciler, and the outbox relay when there is a log.
    package var backgroundServices: [any Service] {
        let reconciler = Reconciler(shop: shop)
        var services: [any Service] = [
            Periodic(every: shop.settings.reconcileInterval, "orders to reconcile", logger: shop.logger) {
                try await reconciler.reconcileOnce()
            },
            Periodic(every: .seconds(3_600), "old checkouts", logger: shop.logger, body: reconciler.forgetOldKeys),
        ]
        if let log {
            services.append(OutboxRelay(of: "order-service", database: shop.database, log: log, logger: shop.logger))
        }
        return services
    }

    /// Forgets keys and refused payments that are older than two days, as the background services do once an hour.
    package func forgetOldKeys() async throws { try await Reconciler(shop: shop).forgetOldKeys() }

    /// One round of the reconciler.
    /// - Returns: How many attempts and tasks were worked on.
    @discardableResult package func reconcileOnce() async throws -> Int {
        try await Reconciler(shop: shop).reconcileOnce()
    }
}

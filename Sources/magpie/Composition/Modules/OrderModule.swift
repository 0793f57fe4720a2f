import EventContract
import EventLog
import Logging
import OrderContract
import OrderService
import OrderWire
import ServiceKit
import ServiceLifecycle

enum OrderModule: CallableModule {
    static let declaration = ServiceDeclaration(
        name: "order-service", port: 7080, owns: "orders, payments, the checkout saga", needs: [.sql, .kafka],
        calls: [AuthModule.self, CartModule.self, ProductModule.self, OfferModule.self],
        produces: [.orders])

    static let endpoint = Endpoint<OrderService>.http { orders, routes in routes.add(orders) }

    static func make(_ dependencies: ServiceDependencies) async throws -> OrderService {
        let (settings, backends) = (dependencies.settings, dependencies.backends)
        let acquirer = TestPaymentProvider(
            database: try await backends.database("test-payments", of: declaration, TestPaymentProvider.migrations),
            isOffered: settings.testPayments)
        return OrderService(
            database: try await backends.database("order", of: declaration, OrderService.migrations),
            carts: try await dependencies.call(CartModule.self),
            products: try await dependencies.call(ProductModule.self),
            offers: try await dependencies.call(OfferModule.self), providers: [acquirer],
            links: try dependencies.orderLinks(), log: try backends.eventLog,
            settings: OrderSettings(paymentLimits: settings.rateLimit ? .payments : nil), faults: .environment,
            logger: dependencies.logger)
    }

    static func background(of orders: OrderService, logger: Logger) -> [any ServiceLifecycle.Service] {
        orders.backgroundServices
    }

    static func checks(of orders: OrderService) -> [CorrectnessCheck] { orders.checks }

    static func logStart(settings: Settings, logger: Logger) {
        logger.warning("Customers can pay with", metadata: ["payments": "\(settings.payments)"])
    }

    static func contract(of orders: OrderService) -> any Orders { orders }
    static func client(_ remote: RemoteClients) -> any Orders { HTTPOrders(remote.http(to: declaration)) }
}

extension OneProcess {
    var orders: OrderService { get async throws { try await composition.instance(of: OrderModule.self) } }
}

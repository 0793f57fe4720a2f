import CartContract
import CartService
import CartWire
import ServiceKit

enum CartModule: CallableModule {
    static let declaration = ServiceDeclaration(
        name: "cart-service", port: 7070, owns: "carts", needs: [.redis],
        calls: [AuthModule.self, ProductModule.self, OfferModule.self])

    static let endpoint = Endpoint<CartService>.http { carts, routes in routes.add(carts) }

    static func make(_ dependencies: ServiceDependencies) async throws -> CartService {
        try CartService(
            store: await dependencies.backends.keyValueStore(),
            products: await dependencies.call(ProductModule.self),
            offers: await dependencies.call(OfferModule.self),
            couponLimits: dependencies.settings.rateLimit ? .coupons : nil,
            digestKey: dependencies.secret("client-networks"),
            logger: dependencies.logger)
    }

    static func contract(of carts: CartService) -> any Carts { carts }
    static func client(_ remote: RemoteClients) -> any Carts { HTTPCarts(remote.http(to: declaration)) }
}

import CartContract
import CartService
import RemoteContracts

enum CartModule: CallableModule {
    static let declaration = ServiceDeclaration(
        name: "cart-service", port: 7070, owns: "carts", needs: [.redis],
        calls: [AuthModule.self, ProductModule.self, OfferModule.self])

    static let endpoint = Endpoint<CartService>.http { carts, routes in routes.add(carts) }

    static func make(_ dependencies: ServiceDependencies) async throws -> CartService {
        CartService(
            store: try await dependencies.backends.keyValueStore(),
            products: try await dependencies.call(ProductModule.self),
            offers: try await dependencies.call(OfferModule.self),
            couponLimits: dependencies.settings.rateLimit ? CouponLimits() : nil, logger: dependencies.logger)
    }

    static func contract(of carts: CartService) -> any Carts { carts }
    static func client(_ remote: RemoteClients) -> any Carts { HTTPCarts(remote.http(to: declaration)) }
}

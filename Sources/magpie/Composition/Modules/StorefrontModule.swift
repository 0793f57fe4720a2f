import Storefront

enum StorefrontModule: ServiceModule {
    static let declaration = ServiceDeclaration(
        name: "storefront", port: 3000, owns: "nothing", proxyVariable: "MAGPIE_STOREFRONT_SERVERS", uses: [.redis],
        files: .reads("pictures"),
        calls: [
            AuthModule.self, ProductModule.self, CartModule.self, OrderModule.self, AnalyticsIngestModule.self,
        ])

    static let endpoint = Endpoint<Storefront>.web { storefront in
        PublicEndpoint(service: declaration.name, fallback: storefront.unknownPages) {
            storefront.addRoutes(to: &$0)
        }
    }

    static func make(_ dependencies: ServiceDependencies) async throws -> Storefront {
        let (settings, folder) = (dependencies.settings, try dependencies.folder())
        var profile = settings.profile
        if folder.demo != .absent { profile.wording = .demo(shopName: profile.name) }
        return try Storefront(
            accounts: await dependencies.call(AuthModule.self), products: await dependencies.call(ProductModule.self),
            carts: await dependencies.call(CartModule.self), orders: await dependencies.call(OrderModule.self),
            ingest: await dependencies.call(AnalyticsIngestModule.self), verifier: await dependencies.verifier(),
            limiter: dependencies.limiter, mediaFolder: folder.media, profile: profile, publicURL: settings.publicURL,
            cookieSecret: dependencies.secret("storefront"), replicas: dependencies.backends.sharedStore,
            secureCookies: settings.isSecure, logger: dependencies.logger)
    }
}

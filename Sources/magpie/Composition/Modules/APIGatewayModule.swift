import APIGateway
import EventContract
import EventLog
import ServiceKit

enum APIGatewayModule: ServiceModule {
    static let declaration = ServiceDeclaration(
        name: "api-gateway", port: 8080, owns: "nothing", proxyVariable: "MAGPIE_GATEWAY_SERVERS", needs: [.kafka],
        uses: [.redis],
        calls: [
            AuthModule.self, ProductModule.self, CartModule.self, OfferModule.self, OrderModule.self,
            AnalyticsIngestModule.self, AnalyticsModule.self, AuditModule.self,
        ], produces: [.staff])

    static let endpoint = Endpoint<APIGateway>.web { gateway in
        PublicEndpoint(
            service: declaration.name, paths: ["/api/", "/.well-known/", "/openapi.json"],
            cache: gateway.cachedResponses
        ) { gateway.addRoutes(to: &$0) }
    }

    static func make(_ dependencies: ServiceDependencies) async throws -> APIGateway {
        let log = try dependencies.backends.eventLog
        let gateway = APIGateway(
            accounts: try await dependencies.call(AuthModule.self),
            products: try await dependencies.call(ProductModule.self),
            carts: try await dependencies.call(CartModule.self),
            offers: try await dependencies.call(OfferModule.self),
            orders: try await dependencies.call(OrderModule.self),
            ingest: try await dependencies.call(AnalyticsIngestModule.self),
            reports: try await dependencies.call(AnalyticsModule.self),
            audit: try await dependencies.call(AuditModule.self), verifier: try await dependencies.verifier(),
            limiter: dependencies.limiter, digestKey: try dependencies.secret("client-networks"),
            staffActions: { action, subject, details in
                try await log.record(
                    [StaffAction(action, on: subject, details)], by: CallContext.current.principal.name,
                    source: declaration.name)
            }, publicURL: dependencies.settings.publicURL, logger: dependencies.logger)
        dependencies.catalogueChanges.listen(gateway.catalogueChanged)
        return gateway
    }
}

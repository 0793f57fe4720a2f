import EventContract
import EventLog
import Logging
import ProductContract
import ProductService
import ProductWire
import ServiceKit
import ServiceLifecycle

enum ProductModule: CallableModule {
    static let declaration = ServiceDeclaration(
        name: "product-service", port: 50_051, owns: "catalogue, stock, reservations", needs: [.sql, .kafka],
        calls: [AuthModule.self], produces: [.catalogue])

    static let endpoint = Endpoint<ProductService>.grpc { [GRPCProductsServer($0)] }

    static func make(_ dependencies: ServiceDependencies) async throws -> ProductService {
        try ProductService(
            database: await dependencies.backends.database(
                "product", of: declaration, ProductService.migrations, readers: 4),
            log: dependencies.backends.eventLog, logger: dependencies.logger,
            changed: dependencies.catalogueChanges.announce)
    }

    static func background(of products: ProductService, logger: Logger) -> [any ServiceLifecycle.Service] {
        products.backgroundServices
    }

    static func checks(of products: ProductService) -> [CorrectnessCheck] { products.checks }

    static func contract(of products: ProductService) -> any Products { products }
    static func client(_ remote: RemoteClients) throws -> any Products {
        GRPCProductsClient(try remote.grpc(to: declaration))
    }
}

extension OneProcess {
    var products: ProductService { get async throws { try await composition.instance(of: ProductModule.self) } }
}

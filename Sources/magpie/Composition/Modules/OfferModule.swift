import Logging
import OfferContract
import OfferService
import OfferWire
import ServiceKit
import ServiceLifecycle

enum OfferModule: CallableModule {
    static let declaration = ServiceDeclaration(
        name: "offer-service", port: 50_051, owns: "price rules, promotions, coupons (a file)",
        files: .writes("offers.json"), calls: [AuthModule.self])

    static let endpoint = Endpoint<OfferService>.grpc { [GRPCOffersServer($0)] }

    /// Short commands price nothing: a file that stops the shop does not stop them.
    static func make(_ dependencies: ServiceDependencies) throws -> OfferService {
        let logger = dependencies.logger
        return try dependencies.isShortCommand
            ? OfferService(rulesFile: nil, logger: logger) : dependencies.folder().offers(logger: logger)
    }

    /// Several replicas share the file of rules; also an editor may change it.
    static func background(of offers: OfferService, logger: Logger) -> [any ServiceLifecycle.Service] {
        [Periodic(every: .seconds(2), "price rules", logger: logger) { try await offers.reloadRules() }]
    }

    static func contract(of offers: OfferService) -> any Offers { offers }
    static func client(_ remote: RemoteClients) throws -> any Offers {
        GRPCOffersClient(try remote.grpc(to: declaration))
    }
}

extension OneProcess {
    var offers: OfferService { get async throws { try await composition.instance(of: OfferModule.self) } }
}

import CommerceWire
import ContractTestSupport
import GRPCCore
import OfferContract
import OfferWire
import ProductWire
import RPC
import ServiceKit
import SwiftProtobuf
import TestSupport
import Testing

/// Messages that say what the contract cannot.
@Suite struct GRPCMalformedTests {
    private typealias Stub = Magpie_Product_V1_Products.Client<GRPCConnection.Transport>

    /// The first field at fault in the answer to a message.
    private func fault(
        _ call: @escaping @Sendable (Stub, Metadata, CallOptions) async throws -> Void
    ) async throws -> String? {
        let double = ProductsDouble()
        let field = try await withWire([GRPCProductsServer(double)]) { wire in
            let caught = await refusal {
                try await wire.calling {
                    try await wire.peer().call("test", repeatable: false) {
                        try await call(Stub(wrapping: wire.connection.client), $0, $1)
                    }
                }
            }
            #expect(caught?.kind == .invalid)
            return caught?.fields.first?.field
        }
        #expect(double.recorder.calls.isEmpty)
        return field
    }

    @Test func theServerNamesWhatIsWrong() async throws {
        #expect(
            try await fault { _ = try await $0.getVariants(.with { $0.ids = ["v"] }, metadata: $1, options: $2) }
                == "ids")
        #expect(try await fault { _ = try await $0.listProducts(.init(), metadata: $1, options: $2) } == "page")
        #expect(try await fault { _ = try await $0.createProduct(.init(), metadata: $1, options: $2) } == "draft")
        #expect(try await fault { _ = try await $0.adjustStock(.init(), metadata: $1, options: $2) } == "change")
        #expect(
            try await fault {
                _ = try await $0.listProducts(
                    .with {
                        $0.page.limit = 1
                        $0.sort = "best"
                    }, metadata: $1, options: $2)
            } == "sort")
        #expect(
            try await fault {
                _ = try await $0.saveProduct(
                    .with {
                        $0.draft.seo.title = "t"
                        $0.draft.variants = [.with { $0.price = .with { $0.currency = "DOG" } }]
                    }, metadata: $1, options: $2)
            } == "draft.variants.price.currency")
    }

    @Test func theClientRefusesMalformedResponses() async throws {
        let log = LoggedEvents()
        try await withWire([SloppyOffers()]) { wire in
            let offers = GRPCOffersClient(wire.peer(logger: log.logger))
            let caught = await refusal { try await wire.calling { try await offers.price(Samples.sparsePricing) } }
            #expect(caught?.kind == .internal)
            let other = await refusal {
                try await wire.calling { try await offers.shippingOptions(Samples.sparsePricing) }
            }
            #expect(other?.kind == .internal)
        }
        #expect(log.lines.count { $0.hasPrefix("error") } == 2)
    }
}

/// Answers without prices.
private struct SloppyOffers: Magpie_Offer_V1_Offers.SimpleServiceProtocol {
    func price(
        request: Magpie_Offer_V1_PricingRequest, context: ServerContext
    ) async throws -> Magpie_Offer_V1_PricedCart { .init() }

    func listShippingOptions(
        request: Magpie_Offer_V1_PricingRequest, context: ServerContext
    ) async throws -> Magpie_Offer_V1_ListShippingOptionsResponse { .with { $0.options = [.init()] } }

    func getRules(
        request: Magpie_Offer_V1_GetRulesRequest, context: ServerContext
    ) async throws -> Magpie_Offer_V1_Rules { .init() }

    func replaceRules(
        request: Magpie_Offer_V1_ReplaceRulesRequest, context: ServerContext
    ) async throws -> Magpie_Offer_V1_ReplaceRulesResponse { .init() }
}

import CommerceWire
import GRPCCore
package import OfferContract
package import RPC
import SwiftProtobuf

/// `Offers` of another process.
package struct GRPCOffersClient: Offers {
    private let peer: GRPCPeer
    private let stub: Magpie_Offer_V1_Offers.Client<GRPCConnection.Transport>

    package init(_ peer: GRPCPeer) {
        self.peer = peer
        stub = Magpie_Offer_V1_Offers.Client(wrapping: peer.client)
    }

    package func price(_ request: PricingRequest) async throws -> PricedCart {
        try await peer.call("Price", repeatable: true) { metadata, options in
            try await PricedCart(wire: stub.price(.init(request), metadata: metadata, options: options))
        }
    }

    package func shippingOptions(_ request: PricingRequest) async throws -> [ShippingOption] {
        try await peer.call("ListShippingOptions", repeatable: true) { metadata, options in
            try await stub.listShippingOptions(.init(request), metadata: metadata, options: options)
                .options.map(ShippingOption.init(wire:))
        }
    }

    package func rules() async throws -> String {
        try await peer.call("GetRules", repeatable: true) { metadata, options in
            try await stub.getRules(.init(), metadata: metadata, options: options).json
        }
    }

    package func replaceRules(_ json: String) async throws {
        try await peer.call("ReplaceRules", repeatable: true) { metadata, options in
            _ = try await stub.replaceRules(.with { $0.json = json }, metadata: metadata, options: options)
        }
    }
}

import Commerce
import ContractTestSupport
import OfferContract
import OfferWire
import Testing

/// Nothing of a question or an answer is lost or changed on the way.
@Suite struct OffersWireTests {
    @Test(arguments: [Samples.fullCart, Samples.sparseCart])
    func everyCartComesBack(_ cart: PricedCart) async throws {
        let double = OffersDouble(cart: cart)
        let requests = [Samples.fullPricing, Samples.addressedPricing, Samples.sparsePricing]
        try await withWire([GRPCOffersServer(double)]) { wire in
            let offers = GRPCOffersClient(wire.peer())
            for request in requests {
                let (priced, options) = try await wire.calling {
                    (try await offers.price(request), try await offers.shippingOptions(request))
                }
                #expect(priced == cart)
                #expect(options == [Samples.shippingOption])
            }
        }
        #expect(double.recorder.inputs == requests.flatMap { [AnyHashable($0), AnyHashable($0)] })
    }

    @Test func rulesArriveAndComeBack() async throws {
        let double = OffersDouble(name: #"{"version": 1, "label": "–"}"#)
        try await withWire([GRPCOffersServer(double)]) { wire in
            let offers = GRPCOffersClient(wire.peer())
            try await wire.calling {
                #expect(try await offers.rules() == double.name)
                try await offers.replaceRules(double.name)
            }
        }
        #expect(double.recorder.inputs == [AnyHashable(0), AnyHashable(double.name)])
    }
}

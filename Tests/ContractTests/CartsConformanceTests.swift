import CartContract
import CartWire
import Commerce
import ContractTestSupport
import ServiceKit
import Testing

/// The same carts, asked directly and from another process: nothing is lost or changed on the way.
@Suite struct CartsConformanceTests {
    private static let doubles = [
        CartsDouble(replayed: true),
        CartsDouble(cart: Samples.sparseShoppingCart, locked: Samples.sparseLockedCart),
    ]

    @Test(arguments: Route.allCases, doubles.indices) func everyMethod(_ route: Route, _ place: Int) async throws {
        var double = Self.doubles[place]
        double.recorder = CallRecorder()
        try await withHTTPWire { [double] in
            $0.add(double)
        } _: { wire in
            let carts: any Carts = route == .overTheWire ? HTTPCarts(wire.connection()) : double
            try await wire.calling { try await ask(carts, double) }
        }
    }

    private func ask(_ carts: any Carts, _ double: CartsDouble) async throws {
        let (id, line, variant, order) = (CartID(), LineID(), VariantID(), OrderID())
        let outcomes = [
            try await carts.create(currency: nil), try await carts.create(currency: ""),
            try await carts.addLine(to: id, variant: variant, quantity: -1),
            try await carts.applyCoupon("Ü 1", to: id),
        ]
        #expect(outcomes.allSatisfy { $0.value == double.cart && $0.replayed == double.replayed })
        let answers = [
            try await carts.cart(id), try await carts.changeLine(line, of: id, quantity: .max),
            try await carts.removeLine(line, of: id), try await carts.removeCoupon("", from: id),
            try await carts.update(id, Samples.fullCartChange), try await carts.update(id, CartChange()),
        ]
        #expect(answers.allSatisfy { $0 == double.cart })
        #expect(try await carts.shippingOptions(for: id) == [Samples.shippingOption])
        #expect(try await carts.lock(id, for: order) == double.locked)
        try await carts.unlock(id, from: order)
        try await carts.complete(id, as: order)

        let methods = [
            "create", "create", "addLine", "applyCoupon", "cart", "changeLine", "removeLine", "removeCoupon", "update",
            "update", "shippingOptions", "lock", "unlock", "complete",
        ]
        let inputs: [AnyHashable] = [
            Inputs(String?.none), Inputs(Optional("")), Inputs(id, variant, -1), Inputs("Ü 1", id), Inputs(id),
            Inputs(line, id, Int.max), Inputs(line, id), Inputs("", id), Inputs(id, Samples.fullCartChange),
            Inputs(id, CartChange()), Inputs(id), Inputs(id, order), Inputs(id, order), Inputs(id, order),
        ]
        #expect(double.recorder.calls.map(\.method) == methods)
        #expect(double.recorder.inputs == inputs)
    }
}

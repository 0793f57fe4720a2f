package import CartContract
package import Commerce
package import OfferContract
package import ServiceKit

/// Carts that record their inputs and return what they are given.
package struct CartsDouble: Carts {
    package var recorder: CallRecorder
    package var cart: Cart
    package var locked: LockedCart
    package var replayed: Bool

    package init(
        recorder: CallRecorder = CallRecorder(), cart: Cart = Samples.fullShoppingCart,
        locked: LockedCart = Samples.fullLockedCart, replayed: Bool = false
    ) {
        self.recorder = recorder
        self.cart = cart
        self.locked = locked
        self.replayed = replayed
    }

    private var outcome: Outcome<Cart> { Outcome(cart, replayed: replayed) }

    package func create(currency: String?) async throws -> Outcome<Cart> {
        try await recorder.note("create", Inputs(currency))
        return outcome
    }

    package func cart(_ id: CartID) async throws -> Cart {
        try await recorder.note("cart", Inputs(id))
        return cart
    }

    package func addLine(to id: CartID, variant: VariantID, quantity: Int) async throws -> Outcome<Cart> {
        try await recorder.note("addLine", Inputs(id, variant, quantity))
        return outcome
    }

    package func changeLine(_ line: LineID, of id: CartID, quantity: Int) async throws -> Cart {
        try await recorder.note("changeLine", Inputs(line, id, quantity))
        return cart
    }

    package func removeLine(_ line: LineID, of id: CartID) async throws -> Cart {
        try await recorder.note("removeLine", Inputs(line, id))
        return cart
    }

    package func applyCoupon(_ code: String, to id: CartID) async throws -> Outcome<Cart> {
        try await recorder.note("applyCoupon", Inputs(code, id))
        return outcome
    }

    package func removeCoupon(_ code: String, from id: CartID) async throws -> Cart {
        try await recorder.note("removeCoupon", Inputs(code, id))
        return cart
    }

    package func update(_ id: CartID, _ change: CartChange) async throws -> Cart {
        try await recorder.note("update", Inputs(id, change))
        return cart
    }

    package func shippingOptions(for id: CartID) async throws -> [ShippingOption] {
        try await recorder.note("shippingOptions", Inputs(id))
        return [Samples.shippingOption]
    }

    package func lock(_ id: CartID, for order: OrderID) async throws -> LockedCart {
        try await recorder.note("lock", Inputs(id, order))
        return locked
    }

    package func unlock(_ id: CartID, from order: OrderID) async throws {
        try await recorder.note("unlock", Inputs(id, order))
    }

    package func complete(_ id: CartID, as order: OrderID) async throws {
        try await recorder.note("complete", Inputs(id, order))
    }
}

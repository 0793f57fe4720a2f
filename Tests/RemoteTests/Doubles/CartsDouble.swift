import CartContract
import Commerce
import OfferContract
import ServiceKit

/// Carts that record their inputs and return what they are given.
struct CartsDouble: Carts {
    var recorder = CallRecorder()
    var cart = Samples.fullShoppingCart
    var locked = Samples.fullLockedCart
    var replayed = false

    private var outcome: Outcome<Cart> { Outcome(cart, replayed: replayed) }

    func create(currency: String?) async throws -> Outcome<Cart> {
        try await recorder.note("create", Inputs(currency))
        return outcome
    }

    func cart(_ id: CartID) async throws -> Cart {
        try await recorder.note("cart", Inputs(id))
        return cart
    }

    func addLine(to id: CartID, variant: VariantID, quantity: Int) async throws -> Outcome<Cart> {
        try await recorder.note("addLine", Inputs(id, variant, quantity))
        return outcome
    }

    func changeLine(_ line: LineID, of id: CartID, quantity: Int) async throws -> Cart {
        try await recorder.note("changeLine", Inputs(line, id, quantity))
        return cart
    }

    func removeLine(_ line: LineID, of id: CartID) async throws -> Cart {
        try await recorder.note("removeLine", Inputs(line, id))
        return cart
    }

    func applyCoupon(_ code: String, to id: CartID) async throws -> Outcome<Cart> {
        try await recorder.note("applyCoupon", Inputs(code, id))
        return outcome
    }

    func removeCoupon(_ code: String, from id: CartID) async throws -> Cart {
        try await recorder.note("removeCoupon", Inputs(code, id))
        return cart
    }

    func update(_ id: CartID, _ change: CartChange) async throws -> Cart {
        try await recorder.note("update", Inputs(id, change))
        return cart
    }

    func shippingOptions(for id: CartID) async throws -> [ShippingOption] {
        try await recorder.note("shippingOptions", Inputs(id))
        return [Samples.shippingOption]
    }

    func lock(_ id: CartID, for order: OrderID) async throws -> LockedCart {
        try await recorder.note("lock", Inputs(id, order))
        return locked
    }

    func unlock(_ id: CartID, from order: OrderID) async throws { try await recorder.note("unlock", Inputs(id, order)) }

    func complete(_ id: CartID, as order: OrderID) async throws {
        try await recorder.note("complete", Inputs(id, order))
    }
}

import CartContract
import Commerce
import ProductContract
import ServiceKit

/// Adds units of a variant to a cart.
struct AddLine: Sendable {
    let context: CartContext

    func run(to id: CartID, variant: VariantID, quantity: Int) async throws -> Outcome<Cart> {
        let changeCart = ChangeCart(context: context)
        let key = CallContext.current.idempotency
        if let replay = try await changeCart.replay(of: key) { return replay }
        let detail = try await FindVariant(context: context).run(variant)
        let new = LineID(at: context.clock.now())
        return try await changeCart.run(id, once: key, counting: .lineAdded, knowing: [detail]) { document in
            try document.require(currency: detail.variant.price.currency)
            let line = try document.add(variant, quantity: quantity, newLine: new)
            try detail.require(available: line.quantity)
        }
    }
}

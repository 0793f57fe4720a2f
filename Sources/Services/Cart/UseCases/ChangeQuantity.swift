import CartContract
import Commerce
import ProductContract
import ServiceKit

/// Changes the quantity of a line.
struct ChangeQuantity: Sendable {
    let context: CartContext

    func run(of line: LineID, in id: CartID, to quantity: Int) async throws -> Cart {
        let before = try await context.readable(id)
        let detail = try await FindVariant(context: context).run(try before.line(line).variantID)
        let changeCart = ChangeCart(context: context)
        let outcome = try await changeCart.run(id, counting: .lineChanged, knowing: [detail]) { document in
            let index = try document.index(of: line)
            // A lower quantity is always possible, however few are in stock.
            if quantity > document.lines[index].quantity { try detail.require(available: quantity) }
            document.lines[index].quantity = quantity
        }
        return outcome.value
    }
}

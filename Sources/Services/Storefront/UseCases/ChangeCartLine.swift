import CartContract
import Commerce

/// Changes the quantity of a line; zero removes it.
struct ChangeCartLine: Sendable {
    let carts: any Carts

    /// The line as it is now; nil when it is removed.
    func run(
        _ line: LineID, of cart: CartID, to quantity: Int, in session: inout Session
    ) async throws -> CartLine? {
        let changed =
            quantity == 0
            ? try await carts.removeLine(line, of: cart)
            : try await carts.changeLine(line, of: cart, quantity: quantity)
        session.remember(changed)
        return changed.lines.first { $0.id == line }
    }
}

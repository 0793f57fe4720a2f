import CartContract
import Commerce
import ServiceKit

/// Adds a variant to the visitor's cart, or to a new one when there is none that takes lines.
struct AddToCart: Sendable {
    let carts: any Carts
    let catalogue: CatalogueCache
    let findCart: FindCart

    init(carts: any Carts, catalogue: CatalogueCache) {
        self.carts = carts
        self.catalogue = catalogue
        findCart = FindCart(carts: carts)
    }

    func run(_ variant: VariantID, _ quantity: Int, to session: inout Session) async throws -> Cart {
        var id = try await openCart(of: &session)?.id
        if id == nil { id = try await carts.create(currency: nil).value.id }
        guard let id else { throw ServiceError.cartNotFound }
        session.remember(cart: id, count: session.cartCount ?? 0)
        let cart = try await carts.addLine(to: id, variant: variant, quantity: quantity).value
        session.remember(cart)
        return cart
    }

    /// An empty cart in another currency than the shop's is not used: it was made before the shop had its own.
    private func openCart(of session: inout Session) async throws -> Cart? {
        guard let cart = try await findCart.run(of: &session) else { return nil }
        guard cart.lines.isEmpty, let currency = await catalogue.currency(), cart.currency != currency else {
            return cart
        }
        return nil
    }
}

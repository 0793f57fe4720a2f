import CartContract
import Commerce
import OfferContract
import ProductContract

/// Makes the cart a customer sees: the stored choice, looked up and priced.
struct CartView: Sendable {
    let products: any Products
    let offers: any Offers

    func contents(of document: CartDocument) async throws -> CartContents {
        var known: [VariantID: VariantDetail] = [:]
        return try await contents(of: document, known: &known)
    }

    /// - Parameter known: Variants that were looked up before; what is missing is added.
    func cart(
        of document: CartDocument, at now: Instant, known: inout [VariantID: VariantDetail]
    ) async throws -> Cart {
        let contents = try await contents(of: document, known: &known)
        return contents.cart(priced: try await offers.price(contents.request(at: now)))
    }

    private func contents(
        of document: CartDocument, known: inout [VariantID: VariantDetail]
    ) async throws -> CartContents {
        let missing = document.lines.map(\.variantID).filter { known[$0] == nil }
        if !missing.isEmpty {
            for detail in try await products.variants(missing) { known[detail.variant.id] = detail }
        }
        return CartContents(document, details: known)
    }
}

import CartContract
import Commerce
import OfferContract
import ProductContract

/// Looks up the variants of a stored cart and prices them.
struct PriceCart: Sendable {
    let products: any Products
    let offers: any Offers

    /// - Parameter known: Variants that were looked up before; missing ones are added.
    func run(
        _ document: CartDocument, at now: Instant, known: inout [VariantID: VariantDetail]
    ) async throws -> Cart {
        let contents = try await contents(of: document, known: &known)
        return contents.cart(priced: try await offers.price(contents.request(at: now)))
    }

    func contents(of document: CartDocument) async throws -> CartContents {
        var known: [VariantID: VariantDetail] = [:]
        return try await contents(of: document, known: &known)
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

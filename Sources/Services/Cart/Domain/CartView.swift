import CartContract
import Commerce
import OfferContract
import ProductContract

/// Makes the cart a customer sees: the stored choice, looked up and priced.
struct CartView: Sendable {
    let products: any Products
    let offers: any Offers

    func contents(of document: CartDocument) async throws -> CartContents {
        var details: [VariantID: VariantDetail] = [:]
        if !document.lines.isEmpty {
            for detail in try await products.variants(document.lines.map(\.variantID)) { details[detail.variant.id] = detail }
        }
        return CartContents(document, details: details)
    }

    func cart(of document: CartDocument, at now: Instant) async throws -> Cart {
        let contents = try await contents(of: document)
        return contents.cart(priced: try await offers.price(contents.request(at: now)))
    }
}

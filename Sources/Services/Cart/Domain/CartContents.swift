import CartContract
import Commerce
import OfferContract
import ProductContract

/// A stored cart with what the catalogue says about its variants.
struct CartContents {
    private let document: CartDocument
    /// Lines whose variant no longer exists, or is now sold in another currency, are not shown and not priced.
    private let lines: [(stored: CartDocument.Line, detail: VariantDetail)]
    var coupons: [String]

    init(_ document: CartDocument, details: [VariantID: VariantDetail]) {
        self.document = document
        coupons = document.coupons
        lines = document.lines.compactMap { line in
            guard let detail = details[line.variantID], detail.variant.price.currency == document.currency else {
                return nil
            }
            return (line, detail)
        }
    }

    /// What the offers need to price the cart.
    func request(at now: Instant) -> PricingRequest {
        PricingRequest(
            currency: document.currency,
            lines: lines.map { PricingRequest.Line(id: $0.stored.id, detail: $0.detail, quantity: $0.stored.quantity) },
            coupons: coupons, customer: document.owner, shippingAddress: document.shippingAddress,
            shippingOption: document.shippingOptionID, at: now)
    }

    /// - Parameter priced: The result of ``request(at:)``; its lines have the same order.
    func cart(priced: PricedCart) -> Cart {
        let shown = zip(lines, priced.lines).map { line, price in
            CartLine(
                id: line.stored.id, variantID: line.stored.variantID, productID: line.detail.productID,
                productHandle: line.detail.productHandle, title: line.detail.productTitle,
                variantTitle: line.detail.variant.title,
                imageURL: line.detail.variant.imageURL ?? line.detail.imageURL, quantity: line.stored.quantity,
                unitPrice: price.unitPrice, adjustments: price.adjustments, total: price.total,
                available: line.detail.has(line.stored.quantity))
        }
        return Cart(
            id: document.id, currency: document.currency, email: document.email, lines: shown, coupons: priced.coupons,
            shippingAddress: document.shippingAddress, billingAddress: document.billingAddress,
            shippingOption: priced.shippingOption, totals: priced.totals,
            regionCountries: priced.regionCountries, isTaxPending: priced.isTaxPending,
            createdAt: document.createdAt, updatedAt: document.updatedAt, orderID: document.completedAs)
    }
}

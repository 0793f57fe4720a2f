package import Commerce
package import OfferContract
package import ProductContract
package import ServiceKit

extension Samples {
    package static let fullQuery = {
        var query = ProductQuery()
        query.text = ""
        query.category = "mugs"
        query.tags = ["a", "b"]
        query.texts = [.vendor: "Kiln", .productType: "Mug"]
        query.minimumPrice = 0
        query.maximumPrice = .max
        query.availableOnly = true
        query.sort = .relevance
        query.cursor = ""
        query.limit = 100
        query.wantsCount = true
        query.includeUnpublished = true
        return query
    }()
    package static let sortedQueries = ProductQuery.Sort.allCases.map { sort in
        var query = ProductQuery()
        query.sort = sort
        return query
    }

    package static let fullDraft = ProductDraft(
        handle: "mug", title: "Mug", descriptionHTML: "<p>Tea</p>", vendor: "Kiln", category: "", tags: ["a"],
        images: [Product.Image(url: "a", alt: "b")], optionNames: ["Colour", "Size"],
        variants: [
            .init(
                sku: "A", optionValues: ["Red", "L"], price: Money(1, .usd), compareAtPrice: Money(2, .usd),
                inventoryQuantity: 0, imageURL: "", keepsStock: true, texts: [.barcode: "1-A"]),
            .init(sku: "", optionValues: [], price: Money(0, .jpy)),
        ], seo: Product.SEO(title: "t", description: "d"), status: .draft, texts: [.productType: "Mug"])
    package static let sparseDraft = ProductDraft(handle: "", title: "", variants: [], status: .archived)

    package static let fullChange = {
        var change = ProductChange()
        change.handle = ""
        change.title = ""
        change.descriptionHTML = "<p>"
        change.texts = [.vendor: "", .productType: ""]
        change.category = ""
        change.tags = []
        change.images = []
        change.seo = Product.SEO(title: "", description: "")
        change.status = .published
        change.variants = [
            .init(id: VariantID(), price: Money(3, .eur), compareAtPrice: .some(Money(4, .eur)), sku: ""),
            .init(id: VariantID(), compareAtPrice: .some(nil)),
            .init(id: VariantID(), texts: [.barcode: "", .sku: "B"]),
            .init(id: VariantID()),
        ]
        return change
    }()

    package static let reservation = StockReservation(
        order: OrderID(), lines: [.init(variant: VariantID(), quantity: 2), .init(variant: VariantID(), quantity: -1)],
        lifetime: .milliseconds(90_500))

    package static let fullPage = PageRequest(cursor: "", limit: 1, wantsCount: true)

    package static let address = Address(
        name: "Ada", line1: "1 Lane", line2: "", city: "Bath", region: "Avon", postalCode: "BA1", country: "GB",
        phone: "")
    package static let sparseAddress = Address(name: "", line1: "", city: "", postalCode: "", country: "")

    package static let fullPricing = PricingRequest(
        currency: .kwd,
        lines: [
            .init(id: LineID(), detail: fullDetail, quantity: 3),
            .init(id: LineID(), detail: sparseDetail, quantity: 0),
        ],
        coupons: ["a", "a"], customer: CustomerID(), shippingAddress: address, shippingOption: "", at: instant)
    package static let addressedPricing = PricingRequest(
        currency: .eur, lines: [], coupons: [], shippingAddress: sparseAddress, at: instant)
    package static let sparsePricing = PricingRequest(
        currency: .jpy, lines: [], coupons: [], at: Instant(milliseconds: 0))

    package static let shippingOption = ShippingOption(
        id: "standard", name: "Standard", price: Money(590, .usd), estimate: "3–5 working days")
    package static let fullCart = PricedCart(
        lines: [
            PricedLine(
                id: LineID(), unitPrice: Money(100, .usd), quantity: 2,
                adjustments: [Adjustment(source: "coupon:X", label: "X", amount: Money(-20, .usd))],
                total: Money(180, .usd)),
            PricedLine(id: LineID(), unitPrice: .zero(.usd), quantity: 0, adjustments: [], total: .zero(.usd)),
        ],
        coupons: [
            AppliedCoupon(code: "X", label: "x", usageLimit: 0, usageLimitPerCustomer: 1),
            AppliedCoupon(code: "Y", label: "", usageLimit: nil, usageLimitPerCustomer: nil),
        ],
        rejectedCoupons: [RejectedCoupon(code: "Z", reason: "coupon_unknown", message: "No such coupon.")],
        shippingOption: shippingOption,
        totals: Totals(
            subtotal: Money(200, .usd), discountTotal: Money(20, .usd), shippingTotal: Money(590, .usd),
            taxTotal: Money(1, .usd), total: Money(771, .usd)), regionCountries: ["CA", "US"], isTaxPending: true)
    package static let sparseCart = PricedCart(
        lines: [], coupons: [], rejectedCoupons: [], shippingOption: nil,
        totals: Totals(
            subtotal: .zero(.jpy), discountTotal: .zero(.jpy), shippingTotal: .zero(.jpy), taxTotal: .zero(.jpy),
            total: .zero(.jpy)))
}

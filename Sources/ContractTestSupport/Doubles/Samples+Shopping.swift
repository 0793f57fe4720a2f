package import AnalyticsContract
package import CartContract
import Commerce
package import OfferContract
package import OrderContract

extension Samples {
    package static let totals = Totals(
        subtotal: Money(.max, .usd), discountTotal: Money(20, .usd), shippingTotal: .zero(.usd),
        taxTotal: Money(1, .usd), total: Money(771, .usd))

    package static let cartLine = CartLine(
        id: LineID(), variantID: VariantID(), productID: ProductID(), productHandle: "mug", title: "Mug ☕️",
        variantTitle: "", imageURL: "https://example.com/a.jpg", quantity: 2, unitPrice: Money(100, .usd),
        adjustments: [Adjustment(source: "coupon:X", label: "“X”", amount: Money(-20, .usd))], total: Money(180, .usd),
        available: true)
    package static let sparseCartLine = CartLine(
        id: LineID(), variantID: VariantID(), productID: ProductID(), productHandle: "", title: "", variantTitle: "",
        imageURL: nil, quantity: 0, unitPrice: .zero(.usd), adjustments: [], total: .zero(.usd), available: false)

    package static let fullShoppingCart = Cart(
        id: CartID(), currency: .usd, email: "", lines: [cartLine, sparseCartLine], coupons: fullCart.coupons,
        shippingAddress: address, billingAddress: sparseAddress, shippingOption: shippingOption, totals: totals,
        regionCountries: ["CA", "US"], isTaxPending: true, createdAt: instant, updatedAt: Instant(milliseconds: 0),
        orderID: OrderID())
    package static let sparseShoppingCart = Cart(
        id: CartID(), currency: .jpy, email: nil, lines: [], coupons: [], shippingAddress: nil, billingAddress: nil,
        shippingOption: nil, totals: sparseCart.totals, createdAt: instant, updatedAt: instant,
        orderID: nil)

    package static let fullCartChange = CartChange(
        email: "", shippingAddress: address, billingAddress: sparseAddress, shippingOptionID: "",
        cleared: [.email, .shippingAddress, .billingAddress, .shippingOption])

    package static let fullLockedCart = LockedCart(
        id: CartID(), owner: CustomerID(), currency: .kwd, email: "ada@example.com",
        lines: [.init(id: LineID(), variantID: VariantID(), quantity: .max)], coupons: ["a", "A"],
        shippingAddress: address, billingAddress: sparseAddress, shippingOptionID: "", lastShownTotal: Money(1, .kwd))
    package static let sparseLockedCart = LockedCart(
        id: CartID(), owner: nil, currency: .eur, email: nil, lines: [], coupons: [], shippingAddress: nil,
        billingAddress: nil, shippingOptionID: nil, lastShownTotal: nil)

    private static func orderLine(image: String?) -> Order.Line {
        Order.Line(
            id: LineID(), variantID: VariantID(), productID: ProductID(), productHandle: "mug", title: "Mug",
            variantTitle: "Red", sku: "MUG-R", imageURL: image, quantity: 1, unitPrice: Money(1, .usd),
            adjustments: [Adjustment(source: "sale", label: "Sale", amount: Money(-1, .usd))], total: .zero(.usd))
    }
    package static let fullOrder = Order(
        id: OrderID(), number: "M-100042", status: .refunded, paymentStatus: .captured, customerID: CustomerID(),
        email: "ada@example.com", lines: [orderLine(image: ""), orderLine(image: nil)], coupons: ["X"],
        shippingAddress: address, billingAddress: sparseAddress, shippingOption: shippingOption, totals: totals,
        refundedTotal: Money(5, .usd),
        refunds: [.init(id: RefundID(), amount: Money(5, .usd), reason: "zerbrochen 💔", createdAt: instant)],
        tracking: "", placedAt: instant, updatedAt: instant, guestToken: "secret")
    package static let sparseOrder = Order(
        id: OrderID(), number: "", status: .pending, paymentStatus: .failed, customerID: nil, email: "", lines: [],
        coupons: [], shippingAddress: sparseAddress, billingAddress: sparseAddress, shippingOption: shippingOption,
        totals: sparseCart.totals, refundedTotal: .zero(.jpy), placedAt: instant, updatedAt: instant)

    package static let paymentMethods = [
        PaymentMethod(
            provider: "p", name: "Ü", kind: .test, choices: [.init(token: "t", name: "One", hint: "")]),
        PaymentMethod(provider: "", name: "", kind: .init(rawValue: "later")),
    ]

    package static let fullOrderQuery = {
        var query = OrderQuery()
        query.status = .fulfilled
        query.email = ""
        query.page = fullPage
        return query
    }()

    package static let behaviour = [
        BehaviourEvent(type: "searched", occurredAt: instant, sessionID: "s", properties: ["path": "/a?b=ü", "": ""]),
        BehaviourEvent(type: "", occurredAt: Instant(milliseconds: 0), sessionID: "", properties: [:]),
    ]
}

import CartContract
import Commerce
import OfferContract

/// Carts and what they have in common with orders: lines, adjustments, totals, addresses.
enum CartViews {
    /// - Parameter coupon: What was entered as a coupon, and why it was not accepted.
    static func page(_ cart: Cart?, coupon: (entered: String, error: String)? = nil) -> [String: View] {
        var view = cart.map(Self.cart) ?? ["has_lines": false]
        view["coupon_entered"] = View(coupon?.entered)
        view["coupon_error"] = View(coupon?.error)
        return view
    }

    static func cart(_ cart: Cart) -> [String: View] {
        var view = totals(cart.totals, shipping: cart.shippingOption)
        view["tax_pending"] = .flag(cart.isTaxPending)
        view["total_before"] = View(totalBefore(cart))
        view["has_lines"] = .flag(!cart.lines.isEmpty)
        view["before_checkout"] = .flag(cart.shippingOption == nil)
        view["cart_short"] = .flag(!cart.lines.allSatisfy(\.available))
        view["lines"] = .list(cart.lines.map(line))
        view["coupons"] = .list(
            cart.coupons.map { ["coupon_code": .text($0.code), "coupon_label": .text($0.label)] })
        return view
    }

    /// What the total does not include yet.
    private static func totalBefore(_ cart: Cart) -> String? {
        let missing = [cart.shippingOption == nil ? "delivery" : nil, cart.isTaxPending ? "tax" : nil]
        return missing.contains { $0 != nil } ? "before " + missing.compactMap(\.self).joined(separator: " and ") : nil
    }

    private static func line(_ line: CartLine) -> View {
        [
            "line_id": .text(line.id.rawValue), "line_handle": .text(line.productHandle),
            "line_title": .text(line.title), "line_variant": variantTitle(line.variantTitle),
            "line_image": View(line.imageURL), "line_quantity": "\(line.quantity)",
            "line_unit": .text(Prices.text(line.unitPrice)), "line_total": .text(Prices.text(line.total)),
            "line_adjustments": adjustments(line.adjustments), "line_short": .flag(!line.available),
        ]
    }

    static func adjustments(_ adjustments: [Adjustment]) -> View {
        .list(adjustments.map { ["why": .text($0.label), "why_amount": .text(Prices.text($0.amount))] })
    }

    /// Shopify names the only variant of a product so: that name is not shown.
    static func variantTitle(_ title: String) -> View { title == "Default Title" ? .nothing : .text(title) }

    static func totals(_ totals: Totals, shipping: ShippingOption?) -> [String: View] {
        let isKnown = shipping != nil
        let shippingText =
            isKnown ? (totals.shippingTotal.isZero ? "Free" : Prices.text(totals.shippingTotal)) : "at checkout"
        return [
            "subtotal": .text(Prices.text(totals.subtotal)), "total": .text(Prices.text(totals.total)),
            "discount": totals.discountTotal.isZero ? .nothing : .text(Prices.text(totals.discountTotal)),
            "shipping": .text(shippingText), "shipping_name": View(shipping?.name),
            "tax": totals.taxTotal.isZero ? .nothing : .text(Prices.text(totals.taxTotal)),
        ]
    }

    static func addressLines(_ address: Address) -> View {
        let city = [address.city, address.regionText ?? "", address.postalCode].filter { !$0.isEmpty }
            .joined(separator: ", ")
        let lines = [
            address.name, address.line1, address.line2, city, CountryNames.name(of: address.country), address.phone,
        ]
        return .list(lines.compactMap(\.self).filter { !$0.isEmpty }.map(View.text))
    }
}

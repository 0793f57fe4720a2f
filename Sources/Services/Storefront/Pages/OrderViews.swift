import Commerce
import Foundation
import OfferContract
import OrderContract

/// Orders for the customer who placed them.
enum OrderViews {
    static func order(_ order: Order, cancelURL: String) -> [String: View] {
        var view = CartViews.totals(order.totals, shipping: order.shippingOption)
        view["shipping_name"] = .nothing
        view.merge(
            [
                "number": .text(order.number), "email": .text(order.email), "placed": .text(day(order.placedAt)),
                "lines": .list(order.lines.map(line)), "address_lines": CartViews.addressLines(order.shippingAddress),
                "delivery_name": .text(order.shippingOption.name), "tracking": View(order.tracking),
                "delivery_estimate": .text(order.shippingOption.estimate), "payment_text": .text(payment(order)),
                "refunded": order.refundedTotal.isZero ? .nothing : .text(Prices.text(order.refundedTotal)),
                "status_text": .text(status(order.status).text), "status_kind": .text(status(order.status).kind),
                "was_cancelled": .flag(order.status == .cancelled),
                "cancellable": .flag(order.status == .pending || order.status == .confirmed),
                "cancel_url": .text(cancelURL),
            ]) { _, new in new }
        return view
    }

    /// - Parameter above: The page that leads to the order.
    static func page(_ order: Order, cancelURL: String, above: (url: String, title: String)) -> [String: View] {
        var view = Self.order(order, cancelURL: cancelURL)
        view["above"] = ["above_url": .text(above.url), "above_title": .text(above.title)]
        return view
    }

    static func row(_ order: Order) -> View {
        let items = order.lines.reduce(0) { $0 + $1.quantity }
        return [
            "order_id": .text(order.id.rawValue), "order_number": .text(order.number),
            "order_placed": .text(day(order.placedAt)), "order_items": .text(items == 1 ? "1 item" : "\(items) items"),
            "order_images": .list(order.lines.compactMap(\.imageURL).prefix(3).map(View.text)),
            "order_status": .text(status(order.status).text), "order_kind": .text(status(order.status).kind),
            "order_total": .text(Prices.text(order.totals.total)),
        ]
    }

    /// `23 November 2026`, in UTC.
    static func day(_ instant: Instant) -> String {
        var style = Date.FormatStyle(locale: Locale(identifier: "en_GB"))
        style.timeZone = .gmt
        return instant.date.formatted(style.day().month(.wide).year())
    }

    private static func line(_ line: Order.Line) -> View {
        [
            "line_handle": .text(line.productHandle), "line_title": .text(line.title),
            "line_variant": CartViews.variantTitle(line.variantTitle), "line_image": View(line.imageURL),
            "line_quantity": "\(line.quantity)", "line_unit": .text(Prices.text(line.unitPrice)),
            "line_total": .text(Prices.text(line.total)), "line_adjustments": CartViews.adjustments(line.adjustments),
        ]
    }

    private static func status(_ status: Order.Status) -> (text: String, kind: String) {
        switch status {
        case .pending: ("Processing", "")
        case .confirmed: ("Confirmed", "good")
        case .fulfilled: ("Shipped", "good")
        case .cancelled: ("Cancelled", "off")
        case .refunded: ("Refunded", "off")
        }
    }

    private static func payment(_ order: Order) -> String {
        switch order.paymentStatus {
        case .authorized: "Authorised"
        case .captured: "Paid"
        case .voided: "Not charged"
        case .refunded: "Refunded"
        case .failed: "Failed"
        }
    }
}

import Commerce
import EventContract
import EventLog
import Mustache

/// Writes mails about orders from the templates in `Resources`.
struct OrderMailWriter: Sendable {
    private let library: MustacheLibrary
    private let sender: Mailbox
    private let settings: NotificationSettings
    private let shop: String

    init(settings: NotificationSettings) throws {
        guard let address = EmailAddress.normalised(settings.senderAddress) else { throw MailError.senderAddress }
        self.settings = settings
        shop = OneLine.text(settings.shopName)
        sender = Mailbox(name: shop, address: address)
        library = try Templates.library()
    }

    func confirmation(of order: Magpie_Events_V1_OrderPlaced, to recipient: String, event: Event) throws -> ComposedMail
    {
        var view = view(
            "Thank you for your order", number: order.number, order: order.orderID, guest: order.customerID.isEmpty)
        try view.show(order)
        return compose(
            .orderPlaced, view, subject: "Your order \(view.number) is confirmed", order: order.orderID, to: recipient,
            event: event)
    }

    func cancellation(
        of order: Magpie_Events_V1_OrderCancelled, to recipient: String, event: Event
    ) throws -> ComposedMail {
        var view = view("Your order was cancelled", number: order.number, order: order.orderID, guest: true)
        if order.hasRefunded, order.refunded.amount != 0 { view.refunded = try MoneyText.text(order.refunded) }
        return compose(
            .orderCancelled, view, subject: "Your order \(view.number) was cancelled", order: order.orderID,
            to: recipient, event: event)
    }

    func fulfilment(
        of order: Magpie_Events_V1_OrderFulfilled, to recipient: String, event: Event
    ) throws -> ComposedMail {
        var view = view("Your order is on its way", number: order.number, order: order.orderID, guest: true)
        view.tracking = OneLine.optional(order.tracking)
        return compose(
            .orderFulfilled, view, subject: "Your order \(view.number) is on its way", order: order.orderID,
            to: recipient, event: event)
    }

    /// - Parameter guest: Guests, or nobody knows: the order's page needs a log-in, so there is no link to it.
    private func view(_ headline: String, number: String, order: String, guest: Bool) -> OrderMailView {
        OrderMailView(
            shop: shop, headline: headline, number: OneLine.text(number),
            orderURL: guest ? nil : settings.storeURL.map { "\($0)/account/orders/\(OneLine.text(order))" })
    }

    private func compose(
        _ kind: ComposedMail.Kind, _ view: OrderMailView, subject: String, order: String, to recipient: String,
        event: Event
    ) -> ComposedMail {
        let message = MIMEMessage(
            id: event.id, date: event.time, from: sender, to: recipient, subject: subject,
            text: library.render(view, withTemplate: kind.rawValue + ".txt") ?? "",
            html: library.render(view, withTemplate: kind.rawValue + ".html") ?? "")
        return ComposedMail(
            eventID: event.id, orderID: order, kind: kind, recipient: recipient, subject: subject,
            rfc822: message.rfc822)
    }
}

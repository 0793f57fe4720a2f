import Commerce
import EventContract
import EventLog
import HTML
import Identity

/// Writes mails about orders from the templates in `Resources`.
struct OrderMailWriter: Sendable {
    private let library: TemplateLibrary
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

    func confirmation(of order: OrderPlaced, to recipient: String, event: Event) throws -> ComposedMail {
        let addressee = Addressee(recipient: recipient, isGuest: order.customerID == nil)
        var view = view("Thank you for your order", number: order.number, order: order.orderID, addressee, event)
        try view.show(order)
        return compose(
            .orderPlaced, view, subject: "Your order \(view.number) is confirmed", order: order.orderID, to: addressee,
            event: event)
    }

    func cancellation(
        of order: OrderCancelled, to addressee: Addressee, event: Event
    ) throws -> ComposedMail {
        var view = view("Your order was cancelled", number: order.number, order: order.orderID, addressee, event)
        if let refunded = order.refunded, refunded.amount != 0 { view.refunded = try MoneyText.text(refunded) }
        return compose(
            .orderCancelled, view, subject: "Your order \(view.number) was cancelled", order: order.orderID,
            to: addressee, event: event)
    }

    func fulfilment(
        of order: OrderFulfilled, to addressee: Addressee, event: Event
    ) throws -> ComposedMail {
        var view = view("Your order is on its way", number: order.number, order: order.orderID, addressee, event)
        view.tracking = OneLine.optional(order.tracking)
        return compose(
            .orderFulfilled, view, subject: "Your order \(view.number) is on its way", order: order.orderID,
            to: addressee, event: event)
    }

    private func view(
        _ headline: String, number: String, order: String, _ addressee: Addressee, _ event: Event
    ) -> OrderMailView {
        OrderMailView(
            shop: shop, headline: headline, number: OneLine.text(number),
            orderURL: orderURL(OneLine.text(order), addressee, event))
    }

    /// A customer logs in to see the order. A guest's link carries a token whose lifetime starts at the event, so that
    /// a mail composed again is the same.
    private func orderURL(_ order: String, _ addressee: Addressee, _ event: Event) -> String? {
        guard let store = settings.storeURL, let isGuest = addressee.isGuest else { return nil }
        guard isGuest else { return "\(store)/account/orders/\(order)" }
        return settings.links.map { links in
            let token = links.token(for: order, until: event.time.advanced(by: settings.linkLifetime))
            return "\(store)/orders/\(order)?token=\(token)"
        }
    }

    private func compose(
        _ kind: ComposedMail.Kind, _ view: OrderMailView, subject: String, order: String, to addressee: Addressee,
        event: Event
    ) -> ComposedMail {
        let message = MIMEMessage(
            id: event.id, date: event.time, from: sender, to: addressee.recipient, subject: subject,
            text: library.render(kind.rawValue + ".txt", view),
            html: library.render(kind.rawValue + ".html", view))
        return ComposedMail(
            eventID: event.id, orderID: order, kind: kind, addressee: addressee, subject: subject,
            rfc822: message.rfc822)
    }
}

package import EventLog

/// A variant has another price.
package struct PriceChanged: Hashable, EventPayload {
    package var productID: String
    package var variantID: String
    package var before: EventMoney?
    package var after: EventMoney?
    package var actor: String

    package init(productID: String, variantID: String, before: EventMoney?, after: EventMoney?, actor: String) {
        self.productID = productID
        self.variantID = variantID
        self.before = before
        self.after = after
        self.actor = actor
    }

    package static var topic: Topic { .catalogue }
    package var key: String { productID }
}

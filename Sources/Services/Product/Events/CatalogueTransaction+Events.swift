import Commerce
import EventContract
import EventLog
import ProductContract

extension CatalogueTransaction {
    private static let source = "product-service"

    /// - Parameter change: `created`, `updated` or `archived`.
    func tellProductChanged(_ id: ProductID, handle: String, version: Int64, change: String) throws {
        var message = Magpie_Events_V1_ProductChanged()
        message.productID = id.rawValue
        message.handle = handle
        message.version = version
        message.change = change
        message.actor = actor
        try Outbox.append(
            try Event(message, source: Self.source, topic: .catalogue, key: id.rawValue, at: now), in: tx)
    }

    func tellPricesChanged(_ changes: [(variant: VariantID, before: Money, after: Money)], of product: ProductID) throws
    {
        let events = try changes.map { change in
            var message = Magpie_Events_V1_PriceChanged()
            message.productID = product.rawValue
            message.variantID = change.variant.rawValue
            message.before = Self.message(change.before)
            message.after = Self.message(change.after)
            message.actor = actor
            return try Event(message, source: Self.source, topic: .catalogue, key: product.rawValue, at: now)
        }
        try Outbox.append(events, in: tx)
    }

    func tellStockChanged(_ movements: [(movement: Movement, level: StockLevel)], of product: ProductID) throws {
        let events = try movements.map { movement, level in
            var message = Magpie_Events_V1_StockChanged()
            message.productID = product.rawValue
            message.variantID = level.variantID.rawValue
            message.onHand = Int64(level.onHand)
            message.reserved = Int64(level.reserved)
            message.kind = movement.kind.rawValue
            message.quantity = Int64(movement.quantity)
            message.reason = movement.reason
            message.actor = actor
            return try Event(message, source: Self.source, topic: .catalogue, key: product.rawValue, at: now)
        }
        try Outbox.append(events, in: tx)
    }

    private static func message(_ money: Money) -> Magpie_Events_V1_Money {
        var message = Magpie_Events_V1_Money()
        message.amount = money.amount
        message.currency = money.currency.code
        return message
    }
}

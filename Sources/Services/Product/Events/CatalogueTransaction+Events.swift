import Commerce
import EventContract
import EventLog
import ProductContract

extension CatalogueTransaction {
    private static let source = "product-service"

    /// - Parameter change: `created`, `updated` or `archived`.
    func tellProductChanged(_ id: ProductID, handle: String, version: Int64, change: String) throws {
        let payload = ProductChanged(
            productID: id.rawValue, handle: handle, version: version, change: change, actor: actor)
        try Outbox.append(try Event(payload, source: Self.source, at: now), in: tx)
    }

    func tellPricesChanged(_ changes: [(variant: VariantID, before: Money, after: Money)], of product: ProductID) throws
    {
        let events = try changes.map { change in
            let payload = PriceChanged(
                productID: product.rawValue, variantID: change.variant.rawValue, before: EventMoney(change.before),
                after: EventMoney(change.after), actor: actor)
            return try Event(payload, source: Self.source, at: now)
        }
        try Outbox.append(events, in: tx)
    }

    func tellStockChanged(_ movements: [(movement: Movement, level: StockLevel)], of product: ProductID) throws {
        let events = try movements.map { movement, level in
            let payload = StockChanged(
                productID: product.rawValue, variantID: level.variantID.rawValue, onHand: Int64(level.onHand),
                reserved: Int64(level.reserved), kind: movement.kind.rawValue, quantity: Int64(movement.quantity),
                reason: movement.reason, actor: actor)
            return try Event(payload, source: Self.source, at: now)
        }
        try Outbox.append(events, in: tx)
    }
}

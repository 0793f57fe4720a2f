import Commerce

/// Puts the units of a cancelled order back into stock.
struct RestockOrder {
    let store: CatalogueStore

    func run(_ order: OrderID) async throws {
        try await store.change { change in
            try change.lock(order)
            let returned = try change.moveReservation(of: order, from: .committed, to: .restocked)
            try change.bumpVersions(of: returned.map(\.variant))
            for stock in returned where stock.taken > 0 { try change.restock(stock, of: order) }
        }
    }
}

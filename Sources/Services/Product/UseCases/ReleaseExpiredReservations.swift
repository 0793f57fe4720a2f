import Commerce

/// Gives back the stock of reservations that ran out.
struct ReleaseExpiredReservations {
    let store: CatalogueStore

    /// - Returns: How many orders lost their reservation.
    func run() async throws -> Int {
        let now = store.clock.now()
        let orders = try await store.read { tx in try ReservedStock.expiredOrders(at: now, in: tx) }
        for order in orders {
            try await store.change { change in
                try change.lock(order)
                try change.release(
                    change.moveReservation(of: order, from: .held, to: .released, expiredBy: now))
            }
        }
        return orders.count
    }
}

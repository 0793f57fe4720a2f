import Commerce

/// Gives reserved stock back. The order can take none any more.
struct ReleaseReservation {
    let store: CatalogueStore

    func run(for order: OrderID) async throws {
        try await store.change { change in
            try change.lock(order)
            try change.abandon(order)
            try change.release(change.moveReservation(of: order, from: .held, to: .released))
        }
    }
}

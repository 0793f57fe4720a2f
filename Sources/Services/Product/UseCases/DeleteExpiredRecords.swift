import Commerce
import SQL

/// Deletes idempotency keys and abandoned orders that no call can name any more.
struct DeleteExpiredRecords {
    let store: CatalogueStore

    func run() async throws {
        try await store.change { change in
            try Idempotency.expire(at: change.now, in: change.tx)
            try change.deleteExpiredAbandonedOrders()
        }
    }
}

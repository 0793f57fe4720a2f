import Commerce
import SQL
import ServiceKit

/// Deletes idempotency keys and refused payments that are older than ``Retention/idempotencyKeys``.
struct DeleteExpiredRecords: Sendable {
    let context: OrderContext

    func run() async throws {
        let now = context.clock.now()
        let limit = now.advanced(by: .zero - Retention.idempotencyKeys)
        try await context.database.write { tx in
            try Idempotency.expire(at: now, in: tx)
            try CheckoutStore.expire(before: limit, in: tx)
            try RefundStore.expire(before: limit, in: tx)
        }
        for provider in context.providers.values { try await provider.deleteRefusals(before: limit) }
    }
}

import AuditContract
import SQL
import ServiceKit

/// Reads a page of the log, newest first.
struct ListRecords: Sendable {
    let database: any Database

    /// - Parameter before: The sequence of the last record on the page before.
    func callAsFunction(
        action: String?, actor: String?, before: Int64, limit: Int, counted: Bool
    ) async throws -> Page<AuditRecord> {
        let (found, count) = try await database.read { tx in
            (
                try AuditStore.page(action: action, actor: actor, before: before, limit: limit + 1, in: tx),
                counted ? try AuditStore.count(action: action, actor: actor, in: tx) : nil
            )
        }
        let items = Array(found.prefix(limit))
        return Page(
            items: items, nextCursor: found.count > limit ? items.last.map { String($0.sequence) } : nil, count: count)
    }
}

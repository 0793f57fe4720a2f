import AuditContract
import SQL
import ServiceKit

/// Reads a page of the log, newest first.
struct ListRecords: Sendable {
    let database: any Database

    func run(action: String?, actor: String?, page: PageRequest) async throws -> Page<AuditRecord> {
        let before = try page.cursor(of: "audit")?.number ?? .max
        return try await database.read { tx in
            Page(
                try AuditStore.page(action: action, actor: actor, before: before, limit: page.limit + 1, in: tx),
                limit: page.limit,
                count: page.wantsCount ? try AuditStore.count(action: action, actor: actor, in: tx) : nil
            ) { PageCursor(list: "audit", number: $0.sequence) }
        }
    }
}

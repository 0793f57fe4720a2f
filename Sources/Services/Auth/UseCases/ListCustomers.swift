import AuthContract
import Commerce
import SQL
import ServiceKit

/// Pages through accounts, the newest first.
struct ListCustomers: Sendable {
    let context: AuthContext

    /// - Parameters:
    ///   - email: Of the one account to find; nil for all.
    ///   - before: The last account of the page before.
    func run(email: String?, before: CustomerID?, page: PageRequest) async throws -> Page<Customer> {
        let email = email.map { EmailAddress.normalised($0) ?? $0 }
        let size = min(max(page.limit, 1), 100)
        // One more row than requested shows whether there is a next page.
        var (found, count) = try await context.database.read { tx in
            (
                try CustomerTable.list(email: email, before: before, limit: size + 1, in: tx),
                page.wantsCount ? try CustomerTable.count(email: email, in: tx) : nil
            )
        }
        let hasMore = found.count > size
        if hasMore { found.removeLast() }
        return Page(items: found, nextCursor: hasMore ? found.last?.id.rawValue : nil, count: count)
    }
}

import AuthContract
import Commerce
import SQL
import ServiceKit

/// Pages through accounts, the newest first.
struct ListCustomers: Sendable {
    let context: AuthContext

    /// - Parameter email: Of the one account to find; nil for all.
    func run(email: String?, page: PageRequest) async throws -> Page<Customer> {
        let email = email.map { EmailAddress.normalised($0) ?? $0 }
        let before = try page.cursor(of: "customers").map { CustomerID(stored: $0.key) }
        return try await context.database.read { tx in
            Page(
                try CustomerTable.list(email: email, before: before, limit: page.boundedLimit + 1, in: tx),
                limit: page.boundedLimit, count: page.wantsCount ? try CustomerTable.count(email: email, in: tx) : nil
            ) { PageCursor(list: "customers", key: $0.id.rawValue) }
        }
    }
}

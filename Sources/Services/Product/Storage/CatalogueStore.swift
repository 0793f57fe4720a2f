import Commerce
import SQL
import ServiceKit

/// The catalogue's database and the products cached from it: reads and changes in one transaction each.
final class CatalogueStore: Sendable {
    let clock: WallClock
    let search: any SearchIndex
    let cache = ProductCache()
    private let database: any Database
    private let boundary: ErrorBoundary
    private let changed: @Sendable (Set<ProductID>) -> Void

    /// - Parameter changed: Is called with the products that a change touched as soon as it is committed.
    init(
        database: any Database, clock: WallClock, boundary: ErrorBoundary,
        changed: @escaping @Sendable (Set<ProductID>) -> Void
    ) {
        self.database = database
        self.clock = clock
        self.boundary = boundary
        self.changed = changed
        search = database.dialect.searchIndex
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await boundary.run { try await database.read(body) }
    }

    /// Runs a change in one transaction, as the current caller, and drops from the caches what it touched and nothing
    /// else. A change that fails touches nothing.
    func change<Value: Sendable>(
        _ body: @escaping @Sendable (CatalogueTransaction) throws -> Value
    ) async throws -> Value {
        let (clock, search) = (clock, search)
        do {
            let (value, touched) = try await database.write { tx in
                let change = CatalogueTransaction(
                    tx: tx, now: clock.now(), actor: CallContext.current.principal.name, search: search)
                let value = try body(change)
                return (value, change.touched)
            }
            if !touched.isEmpty {
                cache.drop(touched)
                changed(touched)
            }
            return value
        } catch {
            throw boundary.mapped(error)
        }
    }
}

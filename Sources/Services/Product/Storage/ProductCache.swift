import Commerce
import ProductContract
import Synchronization

/// Whole products by id and handle, for at most two seconds. What this process changes is dropped at once, and only that;
/// the time limit covers changes made by others.
final class ProductCache: Sendable {
    private struct Entry {
        let product: Product
        let loadedAt: Instant
    }

    private struct State {
        var entries: [ProductID: Entry] = [:]
        var handles: [String: ProductID] = [:]
        /// Of all products.
        var variants = 0
        /// Grows with every change.
        var generation = 0
        /// The generation of each product's last change, so that what was read before it is not kept after it.
        var changes: [ProductID: Int] = [:]
        /// Products that are not in `changes` were last changed in this generation or before it.
        var earlierChanges = 0

        mutating func drop(_ id: ProductID) {
            guard let product = entries.removeValue(forKey: id)?.product else { return }
            variants -= product.variants.count
            if handles[product.handle] == id { handles[product.handle] = nil }
        }
    }

    private let state = Mutex(State())
    private let capacity: Int
    /// Products differ in size by their variants: at about 1 KiB each this is 50 MiB.
    private let variantCapacity: Int
    private let lifetime: Duration

    init(capacity: Int = 1_000, variantCapacity: Int = 50_000, lifetime: Duration = .seconds(2)) {
        self.capacity = capacity
        self.variantCapacity = variantCapacity
        self.lifetime = lifetime
    }

    /// Ask before reading from the database, and hand it to `keep`.
    var generation: Int { state.withLock { $0.generation } }

    func product(_ idOrHandle: String, at now: Instant) -> Product? {
        state.withLock { state in
            guard let id = ProductID(idOrHandle) ?? state.handles[idOrHandle], let entry = state.entries[id],
                now < entry.loadedAt.advanced(by: lifetime)
            else { return nil }
            return entry.product
        }
    }

    func keep(_ product: Product, readIn generation: Int, at now: Instant) {
        state.withLock { state in
            guard generation >= state.changes[product.id] ?? state.earlierChanges else { return }
            state.drop(product.id)
            if state.entries.count >= capacity || state.variants + product.variants.count > variantCapacity {
                state.entries.removeAll(keepingCapacity: true)
                state.handles.removeAll(keepingCapacity: true)
                state.variants = 0
            }
            state.entries[product.id] = Entry(product: product, loadedAt: now)
            state.variants += product.variants.count
            // An archived product's handle may be another one's.
            if product.status != .archived { state.handles[product.handle] = product.id }
        }
    }

    func drop(_ products: Set<ProductID>) {
        state.withLock { state in
            state.generation += 1
            if state.changes.count + products.count > capacity {
                state.changes.removeAll(keepingCapacity: true)
                state.earlierChanges = state.generation
            }
            for id in products {
                state.changes[id] = state.generation
                state.drop(id)
            }
        }
    }
}

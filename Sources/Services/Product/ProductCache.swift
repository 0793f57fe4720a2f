import Commerce
import ProductContract
import Synchronization

/// Whole products by id and handle, for at most two seconds. What this process changes is dropped at once; the time
/// limit covers changes made by others.
final class ProductCache: Sendable {
    private struct Entry {
        let product: Product
        let loadedAt: Instant
    }

    private struct State {
        var entries: [ProductID: Entry] = [:]
        var handles: [String: ProductID] = [:]
        /// Grows with every change, so that what was read before a change is not kept after it.
        var generation = 0
    }

    private let state = Mutex(State())
    private let capacity: Int
    private let lifetime: Duration

    init(capacity: Int = 1_000, lifetime: Duration = .seconds(2)) {
        self.capacity = capacity
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
            guard generation == state.generation else { return }
            if state.entries.count >= capacity {
                state.entries.removeAll(keepingCapacity: true)
                state.handles.removeAll(keepingCapacity: true)
            }
            state.entries[product.id] = Entry(product: product, loadedAt: now)
            // An archived product's handle may be another one's.
            if product.status != .archived { state.handles[product.handle] = product.id }
        }
    }

    func drop(_ products: Set<ProductID>) {
        state.withLock { state in
            state.generation += 1
            for id in products {
                guard let handle = state.entries.removeValue(forKey: id)?.product.handle else { continue }
                if state.handles[handle] == id { state.handles[handle] = nil }
            }
        }
    }
}

import Commerce
import Synchronization

/// Announces to the caches of this process what the catalogue has just changed.
final class CatalogueChanges: Sendable {
    typealias Listener = @Sendable (Set<ProductID>) -> Void

    private let listeners = Mutex<[Listener]>([])

    func listen(_ listener: @escaping Listener) { listeners.withLock { $0.append(listener) } }

    @Sendable func announce(_ products: Set<ProductID>) {
        for listener in listeners.withLock({ $0 }) { listener(products) }
    }
}

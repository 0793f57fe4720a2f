import Commerce
import ProductContract
import Synchronization

/// Encoded responses for hot reads, by request: valid for their lifetime, or while the version they were made from is
/// current. What the catalogue reports as changed is dropped at once. Bounded in number and bytes.
final class ResponseCache: Sendable {
    /// Of a product: by its id too, because a handle may be given to another product.
    struct Version: Hashable {
        let id: ProductID
        let number: Int64

        init(_ product: Product) {
            id = product.id
            number = product.version
        }
    }
    private struct Entry {
        var response: CachedResponse
        var version: Version?
        var expiresAt: ContinuousClock.Instant
    }
    private struct State {
        var entries: [String: Entry] = [:]
        var bytes = 0
        var generation = 0
    }
    private let state = Mutex(State())
    private let maximumCount: Int
    private let maximumBytes: Int

    init(maximumCount: Int = 2_000, maximumBytes: Int = 32 * 1_048_576) {
        self.maximumCount = maximumCount
        self.maximumBytes = maximumBytes
    }

    /// The cached response while its lifetime lasts.
    func response(_ key: String, at now: ContinuousClock.Instant = .now) -> CachedResponse? {
        state.withLock { state in
            guard let entry = state.entries[key], entry.expiresAt > now else { return nil }
            return entry.response
        }
    }

    /// The cached response, or one made from what `load` returns, cached for the next caller.
    ///
    /// - Parameters:
    ///   - lifetime: How long a response is valid without loading; zero loads each time.
    ///   - version: Of a loaded value; the same version has the same bytes.
    func response<Value: Encodable>(
        _ key: String, lifetime: Duration, version: (Value) -> Version? = { _ in nil },
        load: () async throws -> Value
    ) async throws -> CachedResponse {
        let now = ContinuousClock.now
        let (cached, generation) = state.withLock { ($0.entries[key], $0.generation) }
        if let cached, cached.expiresAt > now { return cached.response }
        let value = try await load()
        let version = version(value)
        let unchanged = version == nil || cached?.version != version ? nil : cached?.response
        if let unchanged, lifetime == .zero { return unchanged }
        let response = try unchanged ?? CachedResponse(value, isPublic: true)
        let entry = Entry(response: response, version: version, expiresAt: now.advanced(by: lifetime))
        state.withLock { state in
            // What was loaded before a change must not be cached after it.
            guard state.generation == generation else { return }
            makeRoom(in: &state, for: response.byteCount, at: now)
            state.bytes += response.byteCount - (state.entries[key]?.response.byteCount ?? 0)
            state.entries[key] = entry
        }
        return response
    }

    /// Drops the responses made from these products, and all lists.
    func remove(_ products: Set<ProductID>) {
        state.withLock { state in
            state.entries = state.entries.filter { entry in
                entry.value.version.map { !products.contains($0.id) } ?? false
            }
            state.bytes = state.entries.values.reduce(0) { $0 + $1.response.byteCount }
            state.generation &+= 1
        }
    }

    func removeAll() {
        state.withLock { state in
            state.entries.removeAll(keepingCapacity: true)
            state.bytes = 0
            state.generation &+= 1
        }
    }

    private func makeRoom(in state: inout State, for bytes: Int, at now: ContinuousClock.Instant) {
        func isFull() -> Bool { state.entries.count >= maximumCount || state.bytes + bytes > maximumBytes }
        guard isFull() else { return }
        state.entries = state.entries.filter { $0.value.expiresAt > now }
        state.bytes = state.entries.values.reduce(0) { $0 + $1.response.byteCount }
        guard isFull() else { return }
        state.entries.removeAll(keepingCapacity: true)
        state.bytes = 0
    }
}

import Commerce
import ProductContract
import Synchronization

/// Finished answers for hot reads, by what was asked for: good while they are young, or when the version they were made
/// of is still the current one. What the catalogue says has changed is dropped at once. Bounded in number and bytes.
final class ReadyMadeCache: Sendable {
    /// Of a product: by its id too, for a handle may pass to another product.
    struct Version: Hashable {
        let id: ProductID
        let number: Int64

        init(_ product: Product) {
            id = product.id
            number = product.version
        }
    }
    private struct Entry {
        var answer: ReadyMade
        var version: Version?
        var end: ContinuousClock.Instant
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

    /// The cached answer if it is young enough to be given without asking anybody.
    func answer(_ key: String, at now: ContinuousClock.Instant = .now) -> ReadyMade? {
        state.withLock { state in
            guard let entry = state.entries[key], entry.end > now else { return nil }
            return entry.answer
        }
    }

    /// The cached answer, or one made of what `load` gives, kept for the next caller.
    ///
    /// - Parameters:
    ///   - lifetime: How long an answer is good without asking; zero asks each time.
    ///   - version: Of a loaded value; the same version has the same bytes.
    func answer<Value: Encodable>(
        _ key: String, goodFor lifetime: Duration, version: (Value) -> Version? = { _ in nil },
        load: () async throws -> Value
    ) async throws -> ReadyMade {
        let now = ContinuousClock.now
        let (cached, generation) = state.withLock { ($0.entries[key], $0.generation) }
        if let cached, cached.end > now { return cached.answer }
        let value = try await load()
        let version = version(value)
        let unchanged = version == nil || cached?.version != version ? nil : cached?.answer
        if let unchanged, lifetime == .zero { return unchanged }
        let answer = try unchanged ?? ReadyMade(value, isPublic: true)
        let entry = Entry(answer: answer, version: version, end: now.advanced(by: lifetime))
        state.withLock { state in
            // What was read before a change must not outlive it.
            guard state.generation == generation else { return }
            makeRoom(in: &state, for: answer.byteCount, at: now)
            state.bytes += answer.byteCount - (state.entries[key]?.answer.byteCount ?? 0)
            state.entries[key] = entry
        }
        return answer
    }

    /// Drops what was made of these products, and whatever may list them.
    func remove(_ products: Set<ProductID>) {
        state.withLock { state in
            state.entries = state.entries.filter { entry in
                entry.value.version.map { !products.contains($0.id) } ?? false
            }
            state.bytes = state.entries.values.reduce(0) { $0 + $1.answer.byteCount }
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
        state.entries = state.entries.filter { $0.value.end > now }
        state.bytes = state.entries.values.reduce(0) { $0 + $1.answer.byteCount }
        guard isFull() else { return }
        state.entries.removeAll(keepingCapacity: true)
        state.bytes = 0
    }
}

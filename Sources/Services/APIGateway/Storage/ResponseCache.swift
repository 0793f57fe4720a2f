import Commerce
import ProductContract
import ServiceKit

/// Encoded responses for hot reads, by request: valid for their lifetime, or while the version they were made from is
/// current. What the catalogue reports as changed is dropped at once. Bounded in number and bytes.
struct ResponseCache: Sendable {
    /// The product that a response was made from.
    struct Source: Hashable {
        /// Beside the version, because a handle may be given to another product.
        let id: ProductID
        let version: Int64
        let variants: [VariantID]

        init(_ product: Product) {
            id = product.id
            version = product.version
            variants = product.variants.map(\.id)
        }
    }
    private struct Entry {
        let response: CachedResponse
        /// nil for lists.
        let source: Source?
    }
    private let entries = ExpiringCache<String, Entry, ContinuousClock.Instant>(
        maximumCount: 2_000, maximumCost: 32 * 1_048_576)

    /// The cached response while its lifetime lasts.
    func response(_ key: String, at now: ContinuousClock.Instant = .now) -> CachedResponse? {
        entries.value(of: key, at: now)?.response
    }

    /// The cached response, or one made from what `load` returns, cached for the next caller.
    ///
    /// - Parameters:
    ///   - lifetime: How long a response is valid without loading; zero loads each time.
    ///   - source: Of a loaded value; the same version has the same bytes.
    func response<Value: Encodable>(
        _ key: String, lifetime: Duration, source: (Value) -> Source? = { _ in nil },
        load: () async throws -> Value
    ) async throws -> CachedResponse {
        let (now, revision) = (ContinuousClock.now, entries.revision)
        let cached = entries.entry(of: key)
        if let cached, cached.freshUntil > now { return cached.value.response }
        let value = try await load()
        let source = source(value)
        let unchanged = source == nil || cached?.value.source != source ? nil : cached?.value.response
        if let unchanged, lifetime == .zero { return unchanged }
        let response = try unchanged ?? CachedResponse(value, isPublic: true)
        entries.insert(
            Entry(response: response, source: source), for: key, cost: response.byteCount,
            freshUntil: now.advanced(by: lifetime), loadedAt: revision)
        return response
    }

    func remove(_ key: String) { entries.remove(key) }

    /// Drops the responses made from changed products, and all lists.
    func remove(where isChanged: (Source) -> Bool) {
        entries.removeAll { _, entry in entry.source.map(isChanged) ?? true }
    }
}

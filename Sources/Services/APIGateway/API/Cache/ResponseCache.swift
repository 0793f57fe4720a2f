import Commerce
import ProductContract
import ServiceKit

/// Encoded responses for hot reads, by request: valid for their lifetime, or while the version they were made from is
/// current. What the catalogue reports as changed is dropped at once. Bounded in number and bytes.
struct ResponseCache: Sendable {
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
        let response: CachedResponse
        /// nil for lists.
        let version: Version?
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
    ///   - version: Of a loaded value; the same version has the same bytes.
    func response<Value: Encodable>(
        _ key: String, lifetime: Duration, version: (Value) -> Version? = { _ in nil },
        load: () async throws -> Value
    ) async throws -> CachedResponse {
        let (now, revision) = (ContinuousClock.now, entries.revision)
        let cached = entries.entry(of: key)
        if let cached, cached.freshUntil > now { return cached.value.response }
        let value = try await load()
        let version = version(value)
        let unchanged = version == nil || cached?.value.version != version ? nil : cached?.value.response
        if let unchanged, lifetime == .zero { return unchanged }
        let response = try unchanged ?? CachedResponse(value, isPublic: true)
        entries.insert(
            Entry(response: response, version: version), for: key, cost: response.byteCount,
            freshUntil: now.advanced(by: lifetime), loadedAt: revision)
        return response
    }

    /// Drops the responses made from these products, and all lists.
    func remove(_ products: Set<ProductID>) {
        entries.removeAll { _, entry in entry.version.map { products.contains($0.id) } ?? true }
    }

    func removeAll() { entries.removeAll() }
}

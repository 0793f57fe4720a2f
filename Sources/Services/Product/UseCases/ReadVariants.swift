import Commerce
import ProductContract

/// The variants that are sold, in the order asked for, each once.
struct ReadVariants {
    let store: CatalogueStore

    func run(_ ids: [VariantID]) async throws -> [VariantDetail] {
        let wanted = Array(Set(ids))
        guard !wanted.isEmpty else { return [] }
        var details = try await store.read { tx in try VariantDetail.all(wanted, in: tx) }
        return ids.compactMap { details.removeValue(forKey: $0) }
    }
}

import ProductContract
import ServiceKit

/// Changes what staff name of a product.
struct UpdateProduct {
    let store: CatalogueStore

    func run(_ idOrHandle: String, _ edit: ProductChange) async throws -> Product {
        var edit = edit
        edit.descriptionHTML = try edit.descriptionHTML.map(SafeDescription.of)
        return try await store.change { [edit] change in try Self.update(idOrHandle, edit, in: change) }
    }

    private static func update(
        _ idOrHandle: String, _ edit: ProductChange, in change: CatalogueTransaction
    ) throws -> Product {
        if let handle = edit.handle { try change.lock(handle: handle) }
        guard let record = try change.locked(product: idOrHandle) else { throw ServiceError.productNotFound }
        let current = record.variants.filter { !$0.retired }
        let target = try edit.applied(to: record)
        let chosen = current.indices.filter { target.variants[$0].sku != current[$0].sku }
        // What was archived comes back beside what took its SKUs meanwhile.
        let comesBack = record.status == .archived && target.status != .archived
        try edit.namingPlaces(in: current) {
            let draft = try DraftRules.accepted(target, skusOf: chosen)
            try change.refuseTakenSKUs(
                draft, chosen: comesBack ? Array(current.indices) : chosen, except: record.number)
            _ = try change.update(record, to: draft, continuing: current, stock: nil)
        }
        guard let product = try change.stored(record.number).product else { throw ServiceError.productNotFound }
        return product
    }
}

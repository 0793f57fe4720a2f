import Commerce
import ProductContract
import ServiceKit

extension ProductChange {
    /// The product's content with this change made. Throws 422 for a variant the product does not have.
    func applied(to record: ProductRecord) throws(ServiceError) -> ProductDraft {
        var draft = record.draft
        draft.handle = handle ?? draft.handle
        draft.title = title ?? draft.title
        draft.descriptionHTML = descriptionHTML ?? draft.descriptionHTML
        draft.texts.merge(texts) { $1 }
        draft.category = category ?? draft.category
        draft.tags = tags ?? draft.tags
        draft.seo = seo ?? draft.seo
        draft.status = status ?? draft.status
        if let images {
            draft.images = images
            let pictures = Set(images.map(\.url))
            for index in draft.variants.indices {
                guard let picture = draft.variants[index].imageURL, !pictures.contains(picture) else { continue }
                draft.variants[index].imageURL = nil
            }
        }
        let positions = Self.positions(of: record.variants.filter { !$0.retired })
        for (place, variant) in variants.enumerated() {
            guard let index = positions[variant.id] else {
                throw .invalid(
                    "variants[\(place)].id", code: ProductFieldCode.unknownVariant, "is no variant of this product")
            }
            draft.variants[index].price = variant.price ?? draft.variants[index].price
            draft.variants[index].texts.merge(variant.texts) { $1 }
            if let compareAt = variant.compareAtPrice { draft.variants[index].compareAtPrice = compareAt }
        }
        return draft
    }

    /// Runs the body; faults of variants that it throws are named by their places in this change.
    func namingPlaces(in current: [VariantRecord], _ body: () throws -> Void) throws {
        do {
            try body()
        } catch var error as ServiceError {
            let positions = Self.positions(of: current)
            var places: [String: String] = [:]
            for (place, variant) in variants.enumerated() {
                if let index = positions[variant.id] { places["variants[\(index)]"] = "variants[\(place)]" }
            }
            for (index, fault) in error.fields.enumerated() {
                guard let end = fault.field.firstIndex(of: "]") else { continue }
                guard let place = places[String(fault.field[...end])] else { continue }
                error.fields[index].field = place + fault.field[fault.field.index(after: end)...]
            }
            throw error
        }
    }

    private static func positions(of current: [VariantRecord]) -> [VariantID: Int] {
        Dictionary(current.enumerated().map { ($1.id, $0) }) { first, _ in first }
    }
}

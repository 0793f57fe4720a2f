import Calls
import Commerce
import ProductContract

extension ProductChange {
    /// The product's content with this change made. Throws 422 for a variant the product does not have.
    func applied(to record: ProductRecord) throws(ServiceError) -> ProductDraft {
        var draft = record.draft
        draft.title = title ?? draft.title
        draft.descriptionHTML = descriptionHTML ?? draft.descriptionHTML
        draft.vendor = vendor ?? draft.vendor
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
        let ids = record.variants.filter { !$0.retired }.map(\.id)
        for (place, variant) in variants.enumerated() {
            guard let index = ids.firstIndex(of: variant.id) else {
                throw .invalid("variants[\(place)].id", code: "unknown_variant", "is no variant of this product")
            }
            draft.variants[index].price = variant.price ?? draft.variants[index].price
            draft.variants[index].sku = variant.sku ?? draft.variants[index].sku
            if let compareAt = variant.compareAtPrice { draft.variants[index].compareAtPrice = compareAt }
        }
        return draft
    }
}

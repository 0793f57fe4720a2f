import Commerce
import CommerceWire
package import ProductContract

extension VariantDetail {
    package init(wire: Magpie_Product_V1_VariantDetail) throws {
        self.init(
            variant: try Variant(wire: wire.variant), productID: try ProductID(wire: wire.productID, "product_id"),
            productHandle: wire.productHandle, productTitle: wire.productTitle,
            category: wire.hasCategory ? wire.category : nil, tags: wire.tags,
            imageURL: wire.hasImageURL ? wire.imageURL : nil, published: wire.published)
    }
}

extension Magpie_Product_V1_VariantDetail {
    package init(_ detail: VariantDetail) {
        self.init()
        variant = Magpie_Product_V1_Variant(detail.variant)
        productID = detail.productID.rawValue
        productHandle = detail.productHandle
        productTitle = detail.productTitle
        if let category = detail.category { self.category = category }
        tags = detail.tags
        if let url = detail.imageURL { imageURL = url }
        published = detail.published
    }
}

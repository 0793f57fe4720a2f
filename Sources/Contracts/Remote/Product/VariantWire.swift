import Commerce
import ProductContract

extension Variant {
    init(wire: Magpie_Product_V1_Variant) throws {
        self.init(
            id: try VariantID(wire: wire.id, "variant.id"), sku: wire.sku, title: wire.title, options: wire.options,
            price: try Money(wire: wire.price, "variant.price"),
            compareAtPrice: wire.hasCompareAtPrice
                ? try Money(wire: wire.compareAtPrice, "variant.compare_at_price") : nil,
            available: wire.available,
            inventoryQuantity: wire.hasInventoryQuantity ? Int(wire.inventoryQuantity) : nil,
            imageURL: wire.hasImageURL ? wire.imageURL : nil)
    }
}

extension Magpie_Product_V1_Variant {
    init(_ variant: Variant) {
        id = variant.id.rawValue
        sku = variant.sku
        title = variant.title
        options = variant.options
        price = Magpie_Commerce_V1_Money(variant.price)
        if let price = variant.compareAtPrice { compareAtPrice = Magpie_Commerce_V1_Money(price) }
        available = variant.available
        if let quantity = variant.inventoryQuantity { inventoryQuantity = Int64(quantity) }
        if let url = variant.imageURL { imageURL = url }
    }
}

extension VariantDetail {
    init(wire: Magpie_Product_V1_VariantDetail) throws {
        self.init(
            variant: try Variant(wire: wire.variant), productID: try ProductID(wire: wire.productID, "product_id"),
            productHandle: wire.productHandle, productTitle: wire.productTitle,
            category: wire.hasCategory ? wire.category : nil, tags: wire.tags,
            imageURL: wire.hasImageURL ? wire.imageURL : nil, published: wire.published)
    }
}

extension Magpie_Product_V1_VariantDetail {
    init(_ detail: VariantDetail) {
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

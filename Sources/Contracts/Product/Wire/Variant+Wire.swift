import Commerce
import CommerceWire
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
            imageURL: wire.hasImageURL ? wire.imageURL : nil, texts: VariantText.texts(wire.texts))
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
        texts = Magpie_Product_V1_VariantTexts(variant.texts)
    }
}

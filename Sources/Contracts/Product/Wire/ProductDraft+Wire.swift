import Commerce
import CommerceWire
import ProductContract
import RPC

extension ProductDraft {
    init(wire: Magpie_Product_V1_ProductDraft?) throws {
        guard let wire else { throw WireFault("draft", "must be given") }
        self.init(
            handle: wire.handle, title: wire.title, descriptionHTML: wire.descriptionHtml, vendor: wire.vendor,
            category: wire.hasCategory ? wire.category : nil, tags: wire.tags,
            images: wire.images.map(Product.Image.init(wire:)), optionNames: wire.optionNames,
            variants: try wire.variants.map(Variant.init(wire:)),
            seo: try Product.SEO(wire: wire.hasSeo ? wire.seo : nil),
            status: try Product.Status(wire: wire.status, "draft.status"), texts: ProductText.texts(wire.texts))
    }
}

extension Magpie_Product_V1_ProductDraft {
    init(_ draft: ProductDraft) {
        handle = draft.handle
        title = draft.title
        descriptionHtml = draft.descriptionHTML
        vendor = draft.vendor
        if let category = draft.category { self.category = category }
        tags = draft.tags
        images = draft.images.map(Magpie_Product_V1_Image.init)
        optionNames = draft.optionNames
        variants = draft.variants.map(Variant.init)
        seo = Magpie_Product_V1_SEO(draft.seo)
        status = draft.status.rawValue
        texts = Magpie_Product_V1_ProductTexts(draft.texts)
    }
}

extension ProductDraft.Variant {
    init(wire: Magpie_Product_V1_ProductDraft.Variant) throws {
        self.init(
            sku: wire.sku, optionValues: wire.optionValues,
            price: try Money(wire: wire.price, "draft.variants.price"),
            compareAtPrice: wire.hasCompareAtPrice
                ? try Money(wire: wire.compareAtPrice, "draft.variants.compare_at_price") : nil,
            inventoryQuantity: wire.hasInventoryQuantity ? Int(wire.inventoryQuantity) : nil,
            imageURL: wire.hasImageURL ? wire.imageURL : nil, keepsStock: wire.keepsStock,
            texts: VariantText.texts(wire.texts))
    }
}

extension Magpie_Product_V1_ProductDraft.Variant {
    init(_ variant: ProductDraft.Variant) {
        sku = variant.sku
        optionValues = variant.optionValues
        price = Magpie_Commerce_V1_Money(variant.price)
        if let price = variant.compareAtPrice { compareAtPrice = Magpie_Commerce_V1_Money(price) }
        if let quantity = variant.inventoryQuantity { inventoryQuantity = Int64(quantity) }
        if let url = variant.imageURL { imageURL = url }
        keepsStock = variant.keepsStock
        texts = Magpie_Product_V1_VariantTexts(variant.texts)
    }
}

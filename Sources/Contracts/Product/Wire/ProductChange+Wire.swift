import Commerce
import CommerceWire
import ProductContract
import SwiftProtobuf

extension ProductChange {
    init(wire: Magpie_Product_V1_UpdateProductRequest) throws {
        self.init()
        handle = wire.hasHandle ? wire.handle : nil
        title = wire.hasTitle ? wire.title : nil
        descriptionHTML = wire.hasDescriptionHtml ? wire.descriptionHtml : nil
        texts = ProductText.texts(wire.texts)
        vendor = wire.hasVendor ? wire.vendor : nil
        category = wire.hasCategory ? wire.category : nil
        tags = wire.hasTags ? wire.tags.values : nil
        images = wire.hasImages ? wire.images.values.map(Product.Image.init(wire:)) : nil
        seo = wire.hasSeo ? try Product.SEO(wire: wire.seo) : nil
        status = wire.hasStatus ? try Product.Status(wire: wire.status, "status") : nil
        variants = try wire.variants.map(VariantChange.init(wire:))
    }
}

extension Magpie_Product_V1_UpdateProductRequest {
    init(_ idOrHandle: String, _ change: ProductChange) {
        self.idOrHandle = idOrHandle
        if let handle = change.handle { self.handle = handle }
        if let title = change.title { self.title = title }
        if let html = change.descriptionHTML { descriptionHtml = html }
        if let vendor = change.vendor { self.vendor = vendor }
        if let category = change.category { self.category = category }
        if let tags = change.tags { self.tags = .with { $0.values = tags } }
        if let images = change.images { self.images = .with { $0.values = images.map(Magpie_Product_V1_Image.init) } }
        if let seo = change.seo { self.seo = Magpie_Product_V1_SEO(seo) }
        if let status = change.status { self.status = status.rawValue }
        variants = change.variants.map(VariantChange.init)
        texts = Magpie_Product_V1_ProductTexts(change.texts)
    }
}

extension ProductChange.VariantChange {
    init(wire: Magpie_Product_V1_UpdateProductRequest.VariantChange) throws {
        self.init(
            id: try VariantID(wire: wire.id, "variants.id"),
            price: wire.hasPrice ? try Money(wire: wire.price, "variants.price") : nil,
            sku: wire.hasSku ? wire.sku : nil, texts: VariantText.texts(wire.texts))
        if wire.hasCompareAtPrice {
            compareAtPrice = .some(try Money(wire: wire.compareAtPrice, "variants.compare_at_price"))
        } else if wire.clearsCompareAtPrice {
            compareAtPrice = .some(nil)
        }
    }
}

extension Magpie_Product_V1_UpdateProductRequest.VariantChange {
    init(_ change: ProductChange.VariantChange) {
        id = change.id.rawValue
        if let price = change.price { self.price = Magpie_Commerce_V1_Money(price) }
        switch change.compareAtPrice {
        case .none: break
        case .some(.none): clearsCompareAtPrice = true
        case .some(.some(let price)): compareAtPrice = Magpie_Commerce_V1_Money(price)
        }
        if let sku = change.sku { self.sku = sku }
        texts = Magpie_Product_V1_VariantTexts(change.texts)
    }
}

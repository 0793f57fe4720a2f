import Commerce
import CommerceWire
import ProductContract
import RPC
import SwiftProtobuf

extension Product {
    init(wire: Magpie_Product_V1_Product) throws {
        self.init(
            id: try ProductID(wire: wire.id, "product.id"), handle: wire.handle, title: wire.title,
            descriptionHTML: wire.descriptionHtml, vendor: wire.vendor,
            category: wire.hasCategory ? wire.category : nil, tags: wire.tags,
            images: wire.images.map(Image.init(wire:)),
            options: wire.options.map { Option(name: $0.name, values: $0.values) },
            variants: try wire.variants.map(Variant.init(wire:)),
            // A server of the version before does not say it, and leaves none out.
            variantCount: max(Int(wire.variantCount), wire.variants.count),
            priceRange: PriceRange(
                min: try Money(wire: wire.minimumPrice, "product.minimum_price"),
                max: try Money(wire: wire.maximumPrice, "product.maximum_price")),
            available: wire.available, seo: try SEO(wire: wire.hasSeo ? wire.seo : nil),
            createdAt: Instant(milliseconds: wire.createdAtMs), status: try Status(wire: wire.status, "product.status"),
            version: wire.version, texts: ProductText.texts(wire.texts))
    }
}

extension Magpie_Product_V1_Product {
    init(_ product: Product) {
        self.init()
        id = product.id.rawValue
        handle = product.handle
        title = product.title
        descriptionHtml = product.descriptionHTML
        vendor = product.vendor
        if let category = product.category { self.category = category }
        tags = product.tags
        images = product.images.map(Magpie_Product_V1_Image.init)
        options = product.options.map { option in
            .with {
                $0.name = option.name
                $0.values = option.values
            }
        }
        variants = product.variants.map(Magpie_Product_V1_Variant.init)
        variantCount = Int64(product.variantCount)
        minimumPrice = Magpie_Commerce_V1_Money(product.priceRange.min)
        maximumPrice = Magpie_Commerce_V1_Money(product.priceRange.max)
        available = product.available
        seo = Magpie_Product_V1_SEO(product.seo)
        createdAtMs = product.createdAt.milliseconds
        status = product.status.rawValue
        version = product.version
        texts = Magpie_Product_V1_ProductTexts(product.texts)
    }
}

extension Product.Image {
    init(wire: Magpie_Product_V1_Image) { self.init(url: wire.url, alt: wire.alt) }
}

extension Magpie_Product_V1_Image {
    init(_ image: Product.Image) {
        url = image.url
        alt = image.alt
    }
}

extension Product.SEO {
    init(wire: Magpie_Product_V1_SEO?) throws {
        guard let wire else { throw WireFault("seo", "must be given") }
        self.init(title: wire.title, description: wire.description_p)
    }
}

extension Magpie_Product_V1_SEO {
    init(_ seo: Product.SEO) {
        title = seo.title
        description_p = seo.description
    }
}

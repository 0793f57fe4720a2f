import Commerce

extension Product: Codable {
    enum CodingKeys: String, CodingKey {
        case id, handle, title, category, tags, images, options, variants, available, seo, status, version
        case descriptionHTML = "description_html"
        case variantCount = "variant_count"
        case priceRange = "price_range"
        case createdAt = "created_at"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            id: try container.decode(ProductID.self, forKey: .id),
            handle: try container.decode(String.self, forKey: .handle),
            title: try container.decode(String.self, forKey: .title),
            descriptionHTML: try container.decode(String.self, forKey: .descriptionHTML),
            category: try container.decode(String?.self, forKey: .category),
            tags: try container.decode([String].self, forKey: .tags),
            images: try container.decode([Image].self, forKey: .images),
            options: try container.decode([Option].self, forKey: .options),
            variants: try container.decode([Variant].self, forKey: .variants),
            // Responses that were stored before there was this field lack it.
            variantCount: try container.decodeIfPresent(Int.self, forKey: .variantCount),
            priceRange: try container.decode(PriceRange.self, forKey: .priceRange),
            available: try container.decode(Bool.self, forKey: .available),
            seo: try container.decode(SEO.self, forKey: .seo),
            createdAt: try container.decode(Instant.self, forKey: .createdAt),
            status: try container.decode(Status.self, forKey: .status),
            version: try container.decode(Int64.self, forKey: .version),
            texts: try ProductText.decode(from: decoder))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(handle, forKey: .handle)
        try container.encode(title, forKey: .title)
        try container.encode(descriptionHTML, forKey: .descriptionHTML)
        try container.encode(category, forKey: .category)
        try container.encode(tags, forKey: .tags)
        try container.encode(images, forKey: .images)
        try container.encode(options, forKey: .options)
        try container.encode(variants, forKey: .variants)
        try container.encode(variantCount, forKey: .variantCount)
        try container.encode(priceRange, forKey: .priceRange)
        try container.encode(available, forKey: .available)
        try container.encode(seo, forKey: .seo)
        try container.encode(createdAt, forKey: .createdAt)
        try container.encode(status, forKey: .status)
        try container.encode(version, forKey: .version)
        try ProductText.encode(texts, to: encoder)
    }
}

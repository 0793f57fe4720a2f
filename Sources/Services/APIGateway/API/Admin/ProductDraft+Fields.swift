import Commerce
import ProductContract
import ServiceKit
import Web

/// Products as staff write them: in the public form of a product, with the fields that can be set.
extension ProductDraft {
    /// Reports mistakes to `fields`; the caller finishes them before using the draft.
    init(reading fields: inout RequestFields) {
        let title = fields.string("title", max: DraftLimits.title)
        let variants = fields.objects("variants", maxCount: Self.mostVariants, required: true)
        if variants.isEmpty { fields.fail("variants", code: FieldCode.tooShort, "must have at least one element") }
        let choices = variants.map { reader in
            var reader = reader
            return WrittenVariant(reading: &reader)
        }
        let names = Self.optionNames(reading: &fields) ?? Set(choices.flatMap(\.options.keys)).sorted()
        for (variant, reader) in zip(choices, variants) where Set(variant.options.keys) != Set(names) {
            reader.fail(
                "options", code: ProductFieldCode.invalidOptions,
                "must have a value for each option of the product only")
        }
        self.init(
            handle: fields.optionalString("handle", max: DraftLimits.handle) ?? "", title: title,
            descriptionHTML: fields.optionalString("description_html", max: DraftLimits.descriptionHTML) ?? "",
            category: fields.optionalString("category", max: DraftLimits.categoryPath),
            tags: fields.strings("tags", max: DraftLimits.tag, maxCount: DraftLimits.tags),
            images: Product.Image.all(reading: &fields) ?? [], optionNames: names,
            variants: choices.map { $0.variant(names) },
            seo: Product.SEO(reading: &fields) ?? Product.SEO(title: "", description: ""),
            status: Product.Status(reading: &fields) ?? .published, texts: ProductText.all(reading: &fields))
    }

    /// The options' names in their order; their values follow from the variants.
    private static func optionNames(reading fields: inout RequestFields) -> [String]? {
        guard fields.has("options") else { return nil }
        return fields.objects("options", maxCount: 10).map { option in
            var option = option
            _ = option.strings("values", max: DraftLimits.optionValue)
            return option.string("name", max: DraftLimits.optionName)
        }
    }
}

/// A variant with its option values by name, as clients write it.
private struct WrittenVariant {
    var options: [String: String] = [:]
    let price: Money
    let compareAtPrice: Money?
    let inventoryQuantity: Int?
    let imageURL: String?
    let texts: [VariantText: String]

    init(reading reader: inout RequestFields) {
        price = reader.money("price") ?? .zero(.usd)
        compareAtPrice = reader.money("compare_at_price", required: false)
        inventoryQuantity = reader.optionalInt("inventory_quantity", in: 0...DraftLimits.quantity)
        imageURL = reader.optionalString("image_url", max: DraftLimits.imageURL)
        texts = VariantText.all(reading: &reader)
        guard let value = reader.raw("options"), value != .null else { return }
        guard let members = value.objectValue else {
            reader.fail("options", code: FieldCode.wrongType, "must be an object of texts")
            return
        }
        for (name, value) in members {
            guard let text = value.stringValue, (1...DraftLimits.optionValue).contains(text.unicodeScalars.count) else {
                reader.fail("options.\(name)", code: FieldCode.wrongType, "must be a short text")
                continue
            }
            options[name] = text
        }
    }

    func variant(_ names: [String]) -> ProductDraft.Variant {
        ProductDraft.Variant(
            optionValues: names.map { options[$0] ?? "" }, price: price, compareAtPrice: compareAtPrice,
            inventoryQuantity: inventoryQuantity, imageURL: imageURL, texts: texts)
    }
}

extension ProductChange {
    /// Reports mistakes to `fields`; the caller finishes them before using the change.
    init(reading fields: inout RequestFields) {
        self.init()
        handle = fields.has("handle") ? fields.string("handle", max: DraftLimits.handle) : nil
        title = fields.has("title") ? fields.string("title", max: DraftLimits.title) : nil
        descriptionHTML = fields.clearableString("description_html", max: DraftLimits.descriptionHTML)
        texts = ProductText.all(reading: &fields)
        category = fields.clearableString("category", max: DraftLimits.categoryPath)
        tags = fields.has("tags") ? fields.strings("tags", max: DraftLimits.tag, maxCount: DraftLimits.tags) : nil
        images = Product.Image.all(reading: &fields)
        seo = fields.isNull("seo") ? Product.SEO(title: "", description: "") : Product.SEO(reading: &fields)
        status = Product.Status(reading: &fields)
        variants = fields.objects("variants", maxCount: ProductDraft.mostVariants).compactMap { reader in
            var reader = reader
            return VariantChange(reading: &reader)
        }
    }
}

extension RequestFields {
    /// Empty when the client wants it cleared; nil when it is absent or wrong.
    fileprivate mutating func clearableString(_ name: String, max: Int) -> String? {
        isNull(name) ? "" : optionalString(name, max: max)
    }
}

extension TextField {
    /// Those that are given; an empty one where the client wants it cleared.
    fileprivate static func all(reading fields: inout RequestFields) -> [Self: String] {
        var texts: [Self: String] = [:]
        for field in allCases { texts[field] = fields.clearableString(field.rawValue, max: field.limit) }
        return texts
    }
}

extension ProductChange.VariantChange {
    fileprivate init?(reading reader: inout RequestFields) {
        let id: VariantID? = reader.id("id")
        let price = reader.money("price", required: false)
        let compareAtPrice: Money?? =
            reader.isNull("compare_at_price")
            ? .some(nil) : reader.money("compare_at_price", required: false).map { .some($0) }
        guard let id else { return nil }
        self.init(id: id, price: price, compareAtPrice: compareAtPrice, texts: VariantText.all(reading: &reader))
    }
}

extension Product.Image {
    /// nil when there is no such field.
    fileprivate static func all(reading fields: inout RequestFields) -> [Product.Image]? {
        guard fields.has("images") else { return nil }
        return fields.objects("images", maxCount: DraftLimits.images).map { image in
            var image = image
            return Product.Image(
                url: image.string("url", max: DraftLimits.imageURL),
                alt: image.optionalString("alt", max: DraftLimits.imageAlt) ?? "")
        }
    }
}

extension Product.SEO {
    fileprivate init?(reading fields: inout RequestFields) {
        guard var reader = fields.object("seo") else { return nil }
        self.init(
            title: reader.optionalString("title", max: DraftLimits.seoTitle) ?? "",
            description: reader.optionalString("description", max: DraftLimits.seoDescription) ?? "")
    }
}

extension Product.Status {
    fileprivate init?(reading fields: inout RequestFields) {
        guard let text = fields.optionalString("status", max: 50) else { return nil }
        guard let status = Self(rawValue: text) else {
            fields.fail("status", code: FieldCode.unknownValue, "must be draft, published or archived")
            return nil
        }
        self = status
    }
}

extension DraftLimits {
    /// Characters of a handle: `^[a-z0-9][a-z0-9-]{0,120}$`.
    fileprivate static let handle = 121
}

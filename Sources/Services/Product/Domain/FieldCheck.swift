import Commerce
import ProductContract
import ServiceKit

/// Collects what is wrong, field by field.
struct FieldCheck {
    var faults = FieldFaults()

    private static let mostOptions = 3

    /// The texts of all variants in bytes: what is read and sent each time somebody looks at the product.
    private static let mostVariantText = 1_048_576

    mutating func text(_ field: String, _ value: String, required: Bool = false, limit: Int) {
        html(field, value, limit: limit)
        faults.require(!required || !value.isEmpty, field, FieldCode.required, "must not be empty")
        faults.require(
            value.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }, field, FieldCode.invalidCharacters,
            "must not contain control characters")
    }

    /// Text of several lines.
    mutating func html(_ field: String, _ value: String, limit: Int) {
        faults.require(
            value.unicodeScalars.count <= limit, field, FieldCode.tooLong, "must have at most \(limit) characters")
    }

    mutating func category(_ path: String?) {
        let titles = CategoryPath(path ?? "").titles
        faults.require(
            titles.count <= DraftLimits.categoryLevels, "category", FieldCode.tooMany,
            "must have at most \(DraftLimits.categoryLevels) levels")
        for title in titles { text("category", title, limit: DraftLimits.category) }
    }

    /// - Parameter prefix: What stands before the names of their fields.
    mutating func texts<Field: TextField>(_ texts: [Field: String], in prefix: String = "") {
        for field in Field.allCases {
            guard let value = texts[field] else { continue }
            text(prefix + field.rawValue, value, limit: field.limit)
            let fault = field.fault(in: value)
            faults.require(fault == nil, prefix + field.rawValue, FieldCode.invalidCharacters, fault ?? "")
        }
    }

    mutating func options(_ draft: ProductDraft) {
        faults.require(
            draft.optionNames.count <= Self.mostOptions, "options", FieldCode.tooMany,
            "must be at most \(Self.mostOptions)")
        for (index, name) in draft.optionNames.enumerated() {
            text("options[\(index)].name", name, required: true, limit: DraftLimits.optionName)
        }
        let names = Set(draft.optionNames.map { $0.lowercased() })
        faults.require(
            names.count == draft.optionNames.count, "options", FieldCode.duplicate, "must have different names")
    }

    mutating func variants(_ draft: ProductDraft) {
        faults.require(!draft.variants.isEmpty, "variants", FieldCode.required, "must have at least one")
        faults.require(
            draft.variants.count <= ProductDraft.mostVariants, "variants", FieldCode.tooMany,
            "must be at most \(ProductDraft.mostVariants)")
        faults.require(
            draft.variants.reduce(0) { $0 + $1.textBytes } <= Self.mostVariantText, "variants", FieldCode.tooLarge,
            "their SKUs, option values and image URLs must have at most \(Self.mostVariantText) bytes together")
        guard draft.variants.count <= ProductDraft.mostVariants else { return }
        let pictures = Set(draft.images.map(\.url))
        var combinations: Set<[String]> = []
        for (index, variant) in draft.variants.enumerated() {
            let field = "variants[\(index)]"
            texts(variant.texts, in: "\(field).")
            faults.require(
                variant.optionValues.count == draft.optionNames.count, "\(field).options",
                ProductFieldCode.invalidOptions,
                "must have one value for each option")
            for value in variant.optionValues {
                text("\(field).options", value, required: true, limit: DraftLimits.optionValue)
            }
            faults.require(
                combinations.insert(variant.optionValues).inserted, "\(field).options", FieldCode.duplicate,
                "another variant has the same options")
            prices(variant, currency: draft.variants[0].price.currency, field: field)
            faults.require(
                (0...DraftLimits.quantity).contains(variant.inventoryQuantity ?? 0), "\(field).inventory_quantity",
                FieldCode.outOfRange, "must be from 0 to \(DraftLimits.quantity)")
            if let picture = variant.imageURL {
                faults.require(
                    pictures.contains(picture), "\(field).image_url", ProductFieldCode.unknownImage,
                    "must be one of the product's images")
            }
        }
    }

    /// - Parameter chosen: Positions of the variants whose SKU nobody else may have: an import repeats them at will.
    mutating func skus(_ draft: ProductDraft, chosen: [Int]) {
        let positions = Set(chosen)
        var skus = Set(draft.variants.indices.filter { !positions.contains($0) }.map { draft.variants[$0].sku })
        for index in chosen where !draft.variants[index].sku.isEmpty {
            faults.require(
                skus.insert(draft.variants[index].sku).inserted, "variants[\(index)].sku", FieldCode.duplicate,
                "is used twice")
        }
    }

    private mutating func prices(_ variant: ProductDraft.Variant, currency: Currency, field: String) {
        faults.require(
            (0...DraftLimits.price).contains(variant.price.amount), "\(field).price", FieldCode.outOfRange,
            "must not be negative or huge")
        faults.require(
            variant.price.currency == currency, "\(field).price", ErrorCode.currencyMismatch, "must be in one currency")
        guard let compareAt = variant.compareAtPrice else { return }
        faults.require(
            compareAt.amount > variant.price.amount, "\(field).compare_at_price", ProductFieldCode.notAbovePrice,
            "must be above the price")
        faults.require(
            compareAt.currency == currency, "\(field).compare_at_price", ErrorCode.currencyMismatch,
            "must be in one currency")
    }
}

extension ProductDraft.Variant {
    fileprivate var textBytes: Int {
        (optionValues + texts.values).reduce(imageURL?.utf8.count ?? 0) { $0 + $1.utf8.count }
    }
}

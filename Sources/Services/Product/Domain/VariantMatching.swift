import ProductContract

/// Which stored variant each variant of a new draft continues: by option values, then by SKU where it names one variant
/// only; what is sold now before what was retired. Nil is a new one.
enum VariantMatching {
    static func continuing(_ variants: [ProductDraft.Variant], in record: ProductRecord) -> [VariantRecord?] {
        var result = [VariantRecord?](repeating: nil, count: variants.count)
        var free = Dictionary(record.variants.map { ($0.id, $0) }) { first, _ in first }
        for retired in [false, true] {
            let stored = record.variants.filter { $0.retired == retired }
            let byOptions = Dictionary(stored.map { ($0.optionValues, $0) }) { first, _ in first }
            for (index, variant) in variants.enumerated() where result[index] == nil {
                result[index] = byOptions[variant.optionValues].flatMap { free.removeValue(forKey: $0.id) }
            }
            let bySKU = single(stored, \.sku)
            for (sku, variant) in single(Array(variants.enumerated()), \.element.sku)
            where result[variant.offset] == nil {
                result[variant.offset] = bySKU[sku].flatMap { free.removeValue(forKey: $0.id) }
            }
        }
        return result
    }

    /// What has a SKU that nothing else here has.
    private static func single<Element>(_ all: [Element], _ sku: (Element) -> String) -> [String: Element] {
        Dictionary(grouping: all, by: sku).filter { !$0.key.isEmpty && $0.value.count == 1 }.compactMapValues(\.first)
    }
}

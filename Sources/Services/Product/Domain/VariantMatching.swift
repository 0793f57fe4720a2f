import ProductContract

/// Which stored variant each variant of a new draft continues: by option values, then by SKU; what is sold now before
/// what was retired. Nil is a new one.
enum VariantMatching {
    static func continuing(_ variants: [ProductDraft.Variant], in record: ProductRecord) -> [VariantRecord?] {
        var result = [VariantRecord?](repeating: nil, count: variants.count)
        var free = record.variants
        func match(_ isSame: (VariantRecord, ProductDraft.Variant) -> Bool) {
            for (index, variant) in variants.enumerated() where result[index] == nil {
                guard let found = free.firstIndex(where: { isSame($0, variant) }) else { continue }
                result[index] = free.remove(at: found)
            }
        }
        for retired in [false, true] {
            match { $0.retired == retired && $0.optionValues == $1.optionValues }
            match { $0.retired == retired && !$1.sku.isEmpty && $0.sku == $1.sku }
        }
        return result
    }
}

import ProductContract

extension VariantText {
    static func texts(_ wire: Magpie_Product_V1_VariantTexts) -> [VariantText: String] {
        var texts: [VariantText: String] = [:]
        if wire.hasBarcode { texts[.barcode] = wire.barcode }
        return texts
    }
}

extension Magpie_Product_V1_VariantTexts {
    init(_ texts: [VariantText: String]) {
        self.init()
        for (field, text) in texts {
            switch field {
            case .sku: break  // A field of its own in every message.
            case .barcode: barcode = text
            }
        }
    }
}

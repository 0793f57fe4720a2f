import ProductContract

extension VariantText {
    static func texts(_ wire: Magpie_Product_V1_VariantTexts) -> [VariantText: String] { [:] }
}

extension Magpie_Product_V1_VariantTexts {
    init(_ texts: [VariantText: String]) {
        self.init()
        for field in texts.keys {
            switch field {
            case .sku: break  // A field of its own in every message.
            }
        }
    }
}

import ProductContract

extension ProductText {
    static func texts(_ wire: Magpie_Product_V1_ProductTexts) -> [ProductText: String] {
        var texts: [ProductText: String] = [:]
        if wire.hasProductType { texts[.productType] = wire.productType }
        return texts
    }
}

extension Magpie_Product_V1_ProductTexts {
    init(_ texts: [ProductText: String]) {
        self.init()
        for (field, text) in texts {
            switch field {
            case .vendor: break  // A field of its own in every message.
            case .productType: productType = text
            }
        }
    }
}

import ProductContract

extension ProductText {
    static func texts(_ wire: Magpie_Product_V1_ProductTexts) -> [ProductText: String] { [:] }
}

extension Magpie_Product_V1_ProductTexts {
    init(_ texts: [ProductText: String]) {
        self.init()
        for field in texts.keys {
            switch field {
            case .vendor: break  // A field of its own in every message.
            }
        }
    }
}

/// The plain texts of a variant. Searches find them.
package enum VariantText: String, TextField {
    case sku
    /// GTIN, EAN, UPC or a number of the shop's own.
    case barcode

    package var limit: Int {
        switch self {
        case .sku: DraftLimits.sku
        case .barcode: 64
        }
    }

    package var absent: String? { self == .sku ? "" : nil }

    package func fault(in text: String) -> String? {
        switch self {
        case .sku: nil
        case .barcode:
            text.utf8.allSatisfy(Self.isInBarcode) ? nil : "must be digits, letters from A to Z and dashes"
        }
    }

    private static func isInBarcode(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case "0"..."9", "A"..."Z", "a"..."z", "-": true
        default: false
        }
    }
}

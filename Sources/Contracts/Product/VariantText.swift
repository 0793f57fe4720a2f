/// The plain texts of a variant. Searches find them.
package enum VariantText: String, TextField {
    case sku

    package var limit: Int {
        switch self {
        case .sku: DraftLimits.sku
        }
    }

    package var absent: String? { self == .sku ? "" : nil }
}

/// The plain texts of a product.
package enum ProductText: String, TextField {
    case vendor
    /// What kind of product it is, in the shop's own words.
    case productType = "product_type"

    package var limit: Int {
        switch self {
        case .vendor: DraftLimits.vendor
        case .productType: 200
        }
    }

    package var absent: String? { self == .vendor ? "" : nil }

    /// The name of its counts among the facets of a list; nil for a text that lists are not filtered by. The query
    /// parameter of a filter is the text's own name.
    package var facet: String? {
        switch self {
        case .vendor: "vendors"
        case .productType: "product_types"
        }
    }

    package static let filters = allCases.filter { $0.facet != nil }
}

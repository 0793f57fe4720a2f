/// The plain texts of a product.
package enum ProductText: String, TextField {
    case vendor

    package var limit: Int {
        switch self {
        case .vendor: DraftLimits.vendor
        }
    }

    package var absent: String? { self == .vendor ? "" : nil }

    /// The name of its counts among the facets of a list; nil for a text that lists are not filtered by. The query
    /// parameter of a filter is the text's own name.
    package var facet: String? {
        switch self {
        case .vendor: "vendors"
        }
    }

    package static let filters = allCases.filter { $0.facet != nil }
}

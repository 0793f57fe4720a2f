/// Which products are wanted, in which order.
package struct ProductQuery: Hashable, Sendable {
    package enum Sort: String, Sendable, CaseIterable {
        case newest = "-created_at", oldest = "created_at", priceUp = "price", priceDown = "-price"
        case title = "title", titleDown = "-title"
        /// Best match first; only with `text`.
        case relevance
    }
    package var text: String?
    /// The handle or id of a category; what is below it belongs to it.
    package var category: String?
    /// All of them must be there.
    package var tags: [String] = []
    /// Each of them must be exactly this.
    package var texts: [ProductText: String] = [:]
    package var minimumPrice: Int64?
    package var maximumPrice: Int64?
    package var availableOnly = false
    package var sort: Sort?
    package var cursor: String?
    package var limit = 20
    package var wantsCount = false
    package var includeUnpublished = false
    package init() {}

    package var vendor: String? {
        get { texts[.vendor] }
        set { texts[.vendor] = newValue }
    }

    /// Whether the response has facets.
    package var isFiltered: Bool {
        text != nil || category != nil || !tags.isEmpty || !texts.isEmpty || minimumPrice != nil || maximumPrice != nil
            || availableOnly
    }
}

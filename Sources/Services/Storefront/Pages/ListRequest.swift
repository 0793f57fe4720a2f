import ProductContract
import ServiceKit

/// A list of products as a visitor asked for it: a category or a search, with filters, order and page.
struct ListRequest: Sendable {
    var query = ProductQuery()
    /// The path of the list itself: `/search`, `/categories/kitchen`.
    var path: String
    var isSearch: Bool
    /// The prices as they were typed.
    var minimumText: String?
    var maximumText: String?

    /// A link to this list with other parameters.
    func url(cursor: String? = nil, filtered: Bool = true) -> String {
        var items: [(String, String)] = []
        if isSearch { items.append(("q", query.text ?? "")) }
        if filtered {
            if let sort = query.sort { items.append(("sort", sort.rawValue)) }
            if isSearch, let category = query.category { items.append(("category", category)) }
            for field in ProductText.filters {
                if let text = query.texts[field] { items.append((field.rawValue, text)) }
            }
            for tag in query.tags { items.append(("tag", tag)) }
            if query.availableOnly { items.append(("available", "true")) }
            if let text = minimumText { items.append(("min", text)) }
            if let text = maximumText { items.append(("max", text)) }
        }
        if let cursor { items.append(("cursor", cursor)) }
        guard !items.isEmpty else { return path }
        return path + "?" + items.map { "\($0.0)=\(PercentEncoding.encoded($0.1))" }.joined(separator: "&")
    }

    /// Each active filter, and the list without it.
    func chosen(titles: [String: String]) -> [(title: String, without: ListRequest)] {
        var chosen: [(String, ListRequest)] = []
        func add(_ title: String, _ remove: (inout ListRequest) -> Void) {
            var without = self
            remove(&without)
            chosen.append((title, without))
        }
        if isSearch, let category = query.category { add(titles[category] ?? category) { $0.query.category = nil } }
        for field in ProductText.filters {
            if let text = query.texts[field] { add(text) { $0.query.texts[field] = nil } }
        }
        for tag in query.tags { add(tag) { $0.query.tags.removeAll { $0 == tag } } }
        if query.availableOnly { add("In stock only") { $0.query.availableOnly = false } }
        if query.minimumPrice != nil, let text = minimumText { add("From \(text)") { $0.minimumText = nil } }
        if query.maximumPrice != nil, let text = maximumText { add("Up to \(text)") { $0.maximumText = nil } }
        return chosen
    }
}

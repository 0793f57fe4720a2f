import Commerce
import Foundation
import ProductContract

/// Lists of products: categories and search, with sort, facets and paging.
struct ListRequest: Sendable {
    var query = ProductQuery()
    /// The path of the list itself: `/search`, `/categories/kitchen`.
    var path: String
    var isSearch: Bool

    /// A link to this list with other parameters.
    func url(cursor: String? = nil, filtered: Bool = true) -> String {
        var items: [(String, String)] = []
        if isSearch { items.append(("q", query.text ?? "")) }
        if filtered {
            if let sort = query.sort { items.append(("sort", sort.rawValue)) }
            if isSearch, let category = query.category { items.append(("category", category)) }
            if let vendor = query.vendor { items.append(("vendor", vendor)) }
            for tag in query.tags { items.append(("tag", tag)) }
            if query.availableOnly { items.append(("available", "true")) }
            if let text = minimumText { items.append(("min", text)) }
            if let text = maximumText { items.append(("max", text)) }
        }
        if let cursor { items.append(("cursor", cursor)) }
        guard !items.isEmpty else { return path }
        return path + "?" + items.map { "\($0.0)=\(Self.encoded($0.1))" }.joined(separator: "&")
    }

    /// The prices as they were typed.
    var minimumText: String?
    var maximumText: String?

    var filterCount: Int {
        query.tags.count + (query.vendor == nil ? 0 : 1) + (query.availableOnly ? 1 : 0)
            + (minimumText == nil ? 0 : 1) + (maximumText == nil ? 0 : 1)
            + (isSearch && query.category != nil ? 1 : 0)
    }

    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.intersection(ascii).union(marks)) ?? ""
    }
    private static let ascii = CharacterSet(charactersIn: Unicode.Scalar(0)...Unicode.Scalar(127))
    private static let marks = CharacterSet(charactersIn: "-._~")
}

enum ListViews {
    private static let sorts: [(ProductQuery.Sort, String)] = [
        (.newest, "Newest first"), (.priceUp, "Price, low to high"), (.priceDown, "Price, high to low"),
        (.title, "Name, A to Z"), (.titleDown, "Name, Z to A"),
    ]

    static func list(_ page: ProductPage, _ request: ListRequest, titles: [String: String]) -> [String: View] {
        let query = request.query
        let standard: ProductQuery.Sort = request.isSearch ? .relevance : .newest
        let offered = (request.isSearch ? [(.relevance, "Best match")] : []) + sorts
        func facets(_ values: [ProductPage.Facets.Value]?, _ isOn: (String) -> Bool, _ title: (String) -> String)
            -> [View]
        {
            (values ?? []).prefix(12).map { value in
                [
                    "facet_value": .text(value.value), "facet_title": .text(title(value.value)),
                    "facet_count": "\(value.count)", "facet_on": .flag(isOn(value.value)),
                ]
            }
        }
        let vendors = facets(page.facets?.vendors, { $0 == query.vendor }, { $0 })
        let tags = facets(page.facets?.tags, { query.tags.contains($0) }, { $0 })
        let categories =
            request.isSearch
            ? facets(page.facets?.categories, { $0 == query.category }, { titles[$0] ?? $0 }) : []
        return [
            "show_list": true, "list_url": .text(request.path), "clear_url": .text(request.url(filtered: false)),
            "is_search": .flag(request.isSearch), "available_only": .flag(query.availableOnly),
            "filter_count": request.filterCount == 0 ? .nothing : "\(request.filterCount)",
            "filters_open": .flag(request.filterCount > 0),
            "sorts": .list(
                offered.map { sort, title in
                    [
                        "sort_value": .text(sort.rawValue), "sort_title": .text(title),
                        "sort_selected": .flag(sort == (query.sort ?? standard)),
                    ]
                }),
            "price_min": View(request.minimumText), "price_max": View(request.maximumText),
            "vendors": .list(vendors), "has_vendors": .flag(vendors.count > 1 || query.vendor != nil),
            "tag_facets": .list(tags), "has_tags": .flag(!tags.isEmpty),
            "category_facets": .list(categories), "has_category_facet": .flag(!categories.isEmpty),
            "items": .list(page.items.map(CatalogueViews.card)), "has_items": .flag(!page.items.isEmpty),
            "next_url": View(page.nextCursor.map { request.url(cursor: $0) }),
            "first_url": query.cursor == nil ? .nothing : .text(request.url()),
            "count_text": View(page.count.map { $0 == 1 ? "1 thing" : "\($0) things" }),
        ]
    }
}

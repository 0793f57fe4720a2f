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

    /// Each filter in use, with the list without it.
    func chosen(titles: [String: String]) -> [(title: String, without: ListRequest)] {
        var chosen: [(String, ListRequest)] = []
        func add(_ title: String, _ remove: (inout ListRequest) -> Void) {
            var without = self
            remove(&without)
            chosen.append((title, without))
        }
        if isSearch, let category = query.category { add(titles[category] ?? category) { $0.query.category = nil } }
        if let vendor = query.vendor { add(vendor) { $0.query.vendor = nil } }
        for tag in query.tags { add(tag) { $0.query.tags.removeAll { $0 == tag } } }
        if query.availableOnly { add("In stock only") { $0.query.availableOnly = false } }
        if query.minimumPrice != nil, let text = minimumText { add("From \(text)") { $0.minimumText = nil } }
        if query.maximumPrice != nil, let text = maximumText { add("Up to \(text)") { $0.maximumText = nil } }
        return chosen
    }

    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.intersection(ascii).union(marks)) ?? ""
    }
    private static let ascii = CharacterSet(charactersIn: Unicode.Scalar(0)...Unicode.Scalar(127))
    private static let marks = CharacterSet(charactersIn: "-._~")
}

enum ListViews {
    /// Where a page opens that answers a choice of filters.
    private static let results = "#results"
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
        let chosen = request.chosen(titles: titles)
        let categories =
            request.isSearch
            ? facets(page.facets?.categories, { $0 == query.category }, { titles[$0] ?? $0 }) : []
        return [
            "show_list": true, "list_url": .text(request.path),
            "clear_url": .text(request.url(filtered: false) + results),
            "is_search": .flag(request.isSearch), "available_only": .flag(query.availableOnly),
            "filter_count": chosen.isEmpty ? .nothing : "\(chosen.count)", "has_chosen": .flag(!chosen.isEmpty),
            "chosen": .list(
                chosen.map { ["chosen_title": .text($0.title), "chosen_url": .text($0.without.url() + results)] }),
            "sorts": .list(
                offered.map { sort, title in
                    [
                        "sort_value": .text(sort.rawValue), "sort_title": .text(title),
                        "sort_selected": .flag(sort == (query.sort ?? standard)),
                    ]
                }),
            "price_min": View(request.minimumText), "price_max": View(request.maximumText),
            "vendors": .list(vendors), "has_vendors": .flag(vendors.count > 1 || query.vendor != nil),
            "vendor_on": .flag(query.vendor != nil), "category_on": .flag(query.category != nil),
            "tag_facets": .list(tags), "has_tags": .flag(!tags.isEmpty),
            "category_facets": .list(categories), "has_category_facet": .flag(!categories.isEmpty),
            "items": .list(page.items.map(CatalogueViews.card)), "has_items": .flag(!page.items.isEmpty),
            "next_url": View(page.nextCursor.map { request.url(cursor: $0) }),
            "first_url": query.cursor == nil ? .nothing : .text(request.url()),
            "count_text": View(page.count.map { $0 == 1 ? "1 product" : "\($0) products" }),
        ]
    }
}

import ProductContract

/// Pages of lists: filters, order, products and paging.
enum ListViews {
    /// The anchor at which a page opens after a change of filters.
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
        let categoryTitles = Set((page.facets?.categories ?? []).map { titles[$0.value] ?? $0.value })
        let texts = ProductText.filters.map { field -> (isShown: Bool, view: View) in
            let found = page.facets?.texts[field] ?? []
            // A shop whose types are its categories needs one of the two lists.
            let repeatsCategories = request.isSearch && Set(found.map(\.value)) == categoryTitles
            let values = facets(found, { $0 == query.texts[field] }, { $0 })
            let view: View = [
                "text_name": .text(field.rawValue), "text_title": .text(field.heading.one),
                "text_all": .text(field.heading.all), "text_on": .flag(query.texts[field] != nil),
                "text_facets": .list(values),
            ]
            return (values.count > 1 && !repeatsCategories || query.texts[field] != nil, view)
        }
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
            "texts": .list(texts.filter(\.isShown).map(\.view)), "category_on": .flag(query.category != nil),
            "tag_facets": .list(tags), "has_tags": .flag(!tags.isEmpty),
            "category_facets": .list(categories), "has_category_facet": .flag(!categories.isEmpty),
            "items": .list(page.items.map(CatalogueViews.card)), "has_items": .flag(!page.items.isEmpty),
            "next_url": View(page.nextCursor.map { request.url(cursor: $0) }),
            "first_url": query.cursor == nil ? .nothing : .text(request.url()),
            "count_text": View(page.count.map { $0 == 1 ? "1 product" : "\($0) products" }),
        ]
    }

    /// A list that belongs to a category.
    static func category(
        _ category: Category, above: [Category], _ page: ProductPage, _ request: ListRequest
    ) -> [String: View] {
        var view = list(page, request, titles: [:])
        view["crumbs"] = true
        view["heading"] = .text(category.title)
        view["crumb_parents"] = CatalogueViews.crumbs(above)
        view["has_children"] = .flag(!category.children.isEmpty)
        view["children"] = .list(
            category.children.map { ["child_url": .text("/categories/" + $0.handle), "child_title": .text($0.title)] })
        return view
    }

    /// - Parameter titles: The titles of all categories, by handle.
    static func search(
        _ text: String, _ page: ProductPage, _ request: ListRequest, titles: [String: String]
    ) -> [String: View] {
        var view = list(page, request, titles: titles)
        view["heading"] = "Results for “\(text)”"
        view["search_text"] = .text(text)
        return view
    }

    /// The search page before anything was searched for.
    static let emptySearch: [String: View] = ["heading": "Search the shop", "show_list": false]
}

extension ProductText {
    /// What a filter is called, and the choice of everything.
    fileprivate var heading: (one: String, all: String) {
        switch self {
        case .vendor: ("Brand", "All brands")
        case .productType: ("Type", "All types")
        }
    }
}

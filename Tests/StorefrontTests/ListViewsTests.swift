import Commerce
import Foundation
import HTML
import ProductContract
import Testing

@testable import Storefront

/// Lists of products with filters.
@Suite struct ListViewsTests {
    private let templates: TemplateLibrary

    init() throws { templates = try Resources.templates() }

    private func html(types: [String] = ["Cup", "Mug"], _ edit: (inout ListRequest) -> Void = { _ in }) -> String {
        var request = ListRequest(path: "/search", isSearch: true)
        request.query.text = "mug"
        edit(&request)
        func values(_ names: String...) -> [ProductPage.Facets.Value] { names.map { .init(value: $0, count: 3) } }
        let productTypes = types.map { ProductPage.Facets.Value(value: $0, count: 3) }
        let facets = ProductPage.Facets(
            categories: values("kitchen", "bath"), tags: values("new", "gift"), vendors: values("Ash", "Oak"),
            texts: [.productType: productTypes])
        let page = ProductPage(
            items: [TemplateTests.product(stock: ["Clay": 1], title: "Mug")], nextCursor: nil, count: 7, facets: facets)
        return templates.render("list", ListViews.list(page, request, titles: ["kitchen": "Kitchen"]))
    }

    /// A phone shows the count and the products first, not the filter form.
    @Test func aFilteredListOpensAtItsResults() {
        let html = html { $0.query.vendor = "Oak" }
        #expect(html.contains("action=\"/search#results\""))
        #expect(
            html.contains(
                #/<section id="results"[^>]* tabindex="-1">\s*<p class="muted total" role="status">7 products</p>/#))
        #expect(html.contains("<details><summary>Filters <b class=\"count\">1</b>"))
    }

    @Test func everyFilterCanBeRemoved() {
        let html = html { request in
            request.query.category = "kitchen"
            request.query.vendor = "Oak"
            request.query.texts[.productType] = "Mug"
            request.query.tags = ["new", "gift"]
            request.query.availableOnly = true
            request.minimumText = "5"
            request.query.minimumPrice = 500
        }
        let links = html.matches(of: #/<a href="([^"]*)"><span class="hidden">Remove filter </span>([^<]*) </#)
        func without(_ title: String) -> String? {
            links.first { $0.output.2 == title }.map { String($0.output.1).replacing("&amp;", with: "&") }
        }
        let (type, end) = ("product_type=Mug", "available=true&min=5#results")
        #expect(without("Kitchen") == "/search?q=mug&vendor=Oak&\(type)&tag=new&tag=gift&\(end)")
        #expect(without("Oak") == "/search?q=mug&category=kitchen&\(type)&tag=new&tag=gift&\(end)")
        #expect(without("Mug") == "/search?q=mug&category=kitchen&vendor=Oak&tag=new&tag=gift&\(end)")
        let names = "category=kitchen&vendor=Oak&\(type)"
        #expect(without("new") == "/search?q=mug&\(names)&tag=gift&\(end)")
        #expect(without("In stock only") == "/search?q=mug&\(names)&tag=new&tag=gift&min=5#results")
        #expect(without("From 5") == "/search?q=mug&\(names)&tag=new&tag=gift&available=true#results")
        #expect(html.contains(#/name="product_type" value="Mug" checked>/#))
        #expect(html.contains("<a href=\"/search?q=mug#results\">Remove all filters</a>"))
        #expect(html.contains(#/name="vendor" value=""> All brands/#))
        #expect(html.contains(#/name="vendor" value="Oak" checked>/#))
        #expect(html.contains(#/name="category" value=""> All categories/#))
    }

    @Test func typesThatAreTheCategoriesAreListedOnce() {
        #expect(html().contains("All types"))
        #expect(!html(types: ["Kitchen", "bath"]).contains("All types"))
    }

    @Test func aCategoryShowsWhatIsAboveAndBelowIt() {
        func category(_ handle: String, _ children: [ProductContract.Category] = []) -> ProductContract.Category {
            .init(id: .init(), handle: handle, title: handle.uppercased(), productCount: 1, children: children)
        }
        let page = ProductPage(items: [], nextCursor: nil, count: 0, facets: nil)
        let html = templates.render(
            "list",
            ListViews.category(
                category("mugs", [category("tea")]), above: [category("home"), category("kitchen")], page,
                ListRequest(path: "/categories/mugs", isSearch: false)))
        #expect(
            html.contains(
                #/<a href="\/categories\/home">HOME<\/a><\/li><li><a href="\/categories\/kitchen">KITCHEN<\/a>/#))
        #expect(html.contains("<li aria-current=\"page\">MUGS</li>"))
        #expect(html.contains("<a href=\"/categories/tea\">TEA</a>"))
    }

    @Test func withoutFiltersThereIsNothingToRemove() {
        let html = html()
        #expect(!html.contains("Remove all filters") && !html.contains("Remove filter"))
        #expect(html.contains(#/name="vendor" value="" checked> All brands/#))
    }
}

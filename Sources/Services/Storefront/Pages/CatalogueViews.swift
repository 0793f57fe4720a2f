import Commerce
import ProductContract

/// Products as cards, and the home page.
enum CatalogueViews {
    static func card(_ product: Product) -> View {
        let cheapest = product.variants.first { $0.price == product.priceRange.min }
        let was = cheapest.flatMap(compareAt)
        return [
            "card_handle": .text(product.handle), "card_title": .text(product.title),
            "card_image": View(product.images.first?.url),
            "card_alt": View(product.images.first.map { $0.alt.isEmpty ? product.title : $0.alt }),
            "card_initial": View(product.title.first.map { String($0) }),
            "card_price": .text(Prices.text(product.priceRange.min)),
            "card_from": .flag(product.priceRange.min != product.priceRange.max),
            "card_was": View(was.map(Prices.text)),
            "card_badge": product.available ? (was == nil ? .nothing : "Sale") : "Sold out",
            "card_badge_kind": product.available ? "sale" : "out",
        ]
    }

    /// - Parameter newest: Products, the newest first.
    static func home(newest: [Product], categories: [Category], wording: ShopWording) -> [String: View] {
        let sale = newest.filter(isOnSale).prefix(4)
        let tiles: [View] = categories.prefix(6).map { category in
            let handles = Set(Self.handles(category))
            let picture = newest.first { $0.category.map(handles.contains) == true && !$0.images.isEmpty }
            return [
                "tile_url": .text("/categories/" + category.handle), "tile_title": .text(category.title),
                "tile_image": View(picture?.images.first?.url),
            ]
        }
        return [
            "hero_kicker": View(wording.kicker), "hero_heading": .text(wording.heading),
            "hero_lead": View(wording.lead),
            "has_categories": .flag(!tiles.isEmpty), "tiles": .list(tiles),
            "has_new": .flag(!newest.isEmpty), "new": .list(newest.prefix(8).map(card)),
            "has_sale": .flag(!sale.isEmpty), "sale": .list(sale.map(card)),
        ]
    }

    /// Its own and those below it.
    private static func handles(_ category: Category) -> [String] {
        [category.handle] + category.children.flatMap(handles)
    }

    /// The links to the categories above a product or a list.
    static func crumbs(_ categories: [Category]) -> View {
        .list(
            categories.map {
                ["parent_url": .text("/categories/" + $0.handle), "parent_title": .text($0.title)]
            })
    }

    private static func isOnSale(_ product: Product) -> Bool {
        product.available && product.variants.contains { compareAt($0) != nil }
    }

    /// The price before a reduction; nil when there is none.
    static func compareAt(_ variant: Variant) -> Money? {
        variant.compareAtPrice.flatMap { $0.amount > variant.price.amount ? $0 : nil }
    }
}

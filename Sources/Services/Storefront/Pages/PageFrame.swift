import HTML
import ProductContract

/// What surrounds the content of every page: header, footer, navigation, the cart's count and the flash message.
struct PageFrame: Sendable {
    /// What the frame shows of the visitor and the catalogue.
    struct State: Sendable {
        var path: String
        /// The top of the category tree.
        var categories: [Category]
        /// What forms on the page must carry.
        var formToken: String
        var isLoggedIn: Bool
        var cartCount: Int
        var flash: Session.Flash?
    }
    /// What browsers and search engines read about a page.
    struct Head: Sendable {
        /// For the browser's tab; nil is the shop's name alone.
        var title: String?
        var description: String?
        /// The path search engines should keep; a page without one is not for them.
        var canonical: String?
    }

    let profile: ShopProfile
    let publicURL: String
    let templates: TemplateLibrary
    let files: StaticFiles

    func html(_ template: String, _ head: Head, _ content: [String: View], _ state: State) -> String {
        let wording = profile.wording(categories: state.categories.map(\.title))
        var view: [String: View] = [
            "page_title": .text([head.title, profile.name].compactMap(\.self).joined(separator: " · ")),
            "shop_name": .text(profile.name), "tagline": View(wording.tagline),
            "search_hint": .text(wording.searchHint),
            "meta_description": .text(
                head.description ?? [profile.name, wording.tagline].compactMap(\.self).joined(separator: ": ")),
            "has_service_links": .flag(!profile.links.isEmpty),
            "service_links": .list(
                profile.links.map { ["service_title": .text($0.title), "service_url": .text($0.url)] }),
            "noindex": .flag(head.canonical == nil), "canonical": View(head.canonical.map { publicURL + $0 }),
            "css": .text(files.url(ofAsset: "style.css")), "js": .text(files.url(ofAsset: "script.js")),
            "has_logo": .flag(files.hasMedia("logo.svg")), "has_hero": .flag(files.hasMedia("hero.svg")),
            "csrf": .text(state.formToken), "signed_in": .flag(state.isLoggedIn),
            "cart_count": state.cartCount == 0 ? .nothing : "\(state.cartCount)",
            "nav": .list(
                state.categories.prefix(10).map { category in
                    let url = "/categories/" + category.handle
                    return [
                        "nav_url": .text(url), "nav_title": .text(category.title),
                        "nav_current": .flag(state.path == url),
                    ]
                }),
        ]
        if let flash = state.flash {
            view["flash"] = [
                "flash_text": .text(flash.text), "flash_kind": flash.isBad ? "bad" : "good",
                "flash_role": flash.isBad ? "alert" : "status",
            ]
        }
        view.merge(content) { _, new in new }
        return templates.render(template, view)
    }
}

import HTTPTypes
import Hummingbird
import NIOCore
import ProductContract
import ServiceKit

/// Puts a page together: header, footer, navigation, the cart's count and the flash message.
struct PageFrame: Sendable {
    let profile: ShopProfile
    let publicURL: String
    let templates: Templates
    let files: FileShelf
    let window: ShopWindow

    /// - Parameters:
    ///   - title: For the browser's tab; nil is the shop's name alone.
    ///   - canonical: The path search engines should keep; a page without one is not for them.
    func page(
        _ template: String, _ title: String?, _ content: [String: View], _ visit: inout Visit,
        status: HTTPResponse.Status = .ok, description: String? = nil, canonical: String? = nil
    ) async -> Response {
        let categories = await window.categories()
        let wording = profile.wording(categories: categories.map(\.title))
        let path = visit.request.uri.path
        var view: [String: View] = [
            "page_title": .text([title, profile.name].compactMap(\.self).joined(separator: " · ")),
            "shop_name": .text(profile.name), "tagline": View(wording.tagline),
            "search_hint": .text(wording.searchHint),
            "meta_description": .text(
                description ?? [profile.name, wording.tagline].compactMap(\.self).joined(separator: ": ")),
            "has_service_links": .flag(!profile.links.isEmpty),
            "service_links": .list(
                profile.links.map { ["service_title": .text($0.title), "service_url": .text($0.url)] }),
            "noindex": .flag(canonical == nil), "canonical": View(canonical.map { publicURL + $0 }),
            "css": .text(files.url(ofAsset: "style.css")), "js": .text(files.url(ofAsset: "script.js")),
            "has_logo": .flag(files.hasMedia("logo.svg")), "has_hero": .flag(files.hasMedia("hero.svg")),
            "csrf": .text(visit.formToken), "signed_in": .flag(visit.principal.customerID != nil),
            "cart_count": View((visit.session.cartCount ?? 0) == 0 ? nil : visit.session.cartCount.map { "\($0)" }),
            "nav": .list(
                categories.prefix(10).map { category in
                    let url = "/categories/" + category.handle
                    return [
                        "nav_url": .text(url), "nav_title": .text(category.title), "nav_current": .flag(path == url),
                    ]
                }),
        ]
        // What a form is answered with stands in its own page: it alone is focused.
        if let flash = visit.session.flash, visit.request.method != .post {
            view["flash"] = [
                "flash_text": .text(flash.text), "flash_kind": flash.isBad ? "bad" : "good",
                "flash_role": flash.isBad ? "alert" : "status",
            ]
            visit.session.flash = nil
        }
        view.merge(content) { _, new in new }
        let html = templates.render(template, view)
        return Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }
}

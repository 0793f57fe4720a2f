import Foundation
import NIOHTTP1

/// A browser without JavaScript: keeps the cookie, fills in forms, follows redirects after a post.
final class Browser {
    private let base: String
    private var cookie: String?
    private(set) var path = "/"
    private(set) var page = ""

    init(_ shop: RunningShop) { base = "http://127.0.0.1:\(shop.port)" }

    /// Another page of the same visitor, with the present cookie.
    func copy() -> Browser { Browser(base: base, cookie: cookie) }

    private init(base: String, cookie: String?) {
        self.base = base
        self.cookie = cookie
    }

    @discardableResult func open(_ path: String) async throws -> Int {
        try await load("GET", path, body: nil)
    }

    /// Posts a form of the current page with its CSRF token, and follows the redirect.
    @discardableResult func submit(_ action: String, _ fields: [String: String]) async throws -> Int {
        var fields = fields
        fields["csrf"] = fields["csrf"] ?? value(of: "csrf")
        let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-_."))
        let body = fields.map { name, value in
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")"
        }
        return try await load("POST", action, body: body.joined(separator: "&"))
    }

    /// The value of a form field of the current page; of a choice the checked one.
    func value(of name: String, checked: Bool = false) -> String? {
        let pattern = #"name="\#(name)"[^>]*value="([^"]*)"[^>]*"# + (checked ? "checked" : "")
        guard let expression = try? NSRegularExpression(pattern: pattern),
            let match = expression.firstMatch(in: page, range: NSRange(page.startIndex..., in: page)),
            let range = Range(match.range(at: 1), in: page)
        else { return nil }
        return String(page[range])
    }

    /// The first match on the page.
    func find(_ pattern: String) -> String? {
        page.range(of: pattern, options: .regularExpression).map { String(page[$0]) }
    }

    private func load(_ method: String, _ target: String, body: String?, redirects: Int = 5) async throws -> Int {
        var headers: [String: String] = [:]
        if let cookie { headers["Cookie"] = cookie }
        if body != nil { headers["Content-Type"] = "application/x-www-form-urlencoded" }
        let answer = try await Client.shared.send(method, base + target, headers: headers, body: body)
        if let set = answer.headers.first(name: "Set-Cookie") {
            cookie = set.split(separator: ";").first.map(String.init)
        }
        (path, page) = (target, answer.text)
        if answer.status == 303, let location = answer.headers.first(name: "Location"), redirects > 0 {
            return try await load("GET", location, body: nil, redirects: redirects - 1)
        }
        return answer.status
    }
}

import Crypto
import Foundation
import NIOCore
import NIOHTTP1
import SQL
import Testing

/// Every bad input is refused with its documented problem+json and changes nothing.
@Suite(.serialized, .shape(.oneProcess)) struct HostileInputTests {
    @Test func everyBadInputIsRefusedAndChangesNothing() async throws {
        try await withShop { shop in
            let target = try await Self.target(in: shop)
            let consistency = ShopConsistency(folder: shop.folder)
            let requests =
                HostileRequest.unreadable(target) + HostileRequest.outOfBounds(target) + HostileRequest.queries
                + HostileRequest.notYours(target) + HostileRequest.badTokens(try await Self.badTokens(in: shop))
            try await shop.eventually("the shop is at rest") {
                try await consistency.rows("order", "SELECT id FROM outbox").isEmpty
            }
            let before = try await consistency.contents()
            for request in requests {
                let answer = try await Client.shared.send(
                    request.method, "http://127.0.0.1:\(shop.port)/api/v1\(request.path)",
                    headers: ["Content-Type": "application/json"].merging(request.headers) { $1 },
                    bytes: request.body?.bytes)
                let seen = "\(request): \(answer.status) \(answer.text.prefix(300))"
                #expect(request.status.contains(answer.status), "\(seen)")
                #expect(
                    answer.headers.first(name: "Content-Type")?.hasPrefix("application/problem+json") == true, "\(seen)"
                )
                #expect(answer.json["status"].int == answer.status, "\(seen)")
                #expect(answer.code?.isEmpty == false && answer.json["request_id"].string?.isEmpty == false, "\(seen)")
                if let code = request.code { #expect(answer.code == code, "\(seen)") }
                if answer.status == 422, answer.code == "invalid_request" {
                    #expect(answer.json["errors"][0]["field"].string != nil, "\(seen)")
                }
                #expect(!answer.text.contains("SQL") && !answer.text.contains(".swift"), "\(seen)")
            }
            let after = try await consistency.contents()
            let changed = before.keys.filter { after[$0] != before[$0] }
            #expect(changed == [], "by hostile requests")
            #expect(shop.stop() == 0)
        }
    }

    /// Text is returned as text: no statement is run, no markup is opened.
    @Test func textIsNeverInterpreted() async throws {
        let texts = [
            "'; DROP TABLE orders; --", "Robert\"); DELETE FROM products; --", "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>", "{{csrf}} {{{csrf}}} {{>top}}", "${7*7} #{7*7} %s%n", "Zoë 🐦 ‮abc",
            "\"\u{301}>\u{301}<script>alert(1)</script>", "\"\u{20E3}>\u{20E3}<img src=x onerror=alert(1)>",
            "\u{600}\"\u{600}>\u{600}<script>alert(1)</script>", "\u{600}'\u{600}&\u{600}<img src=x>",
        ]
        try await withShop { shop in
            let browser = Browser(shop)
            for text in texts {
                let json = try String(decoding: JSONEncoder().encode(text), as: UTF8.self)
                let cart = try await shop.filledCart(handle: "cedar-pencils", quantity: 1)
                let address = RunningShop.address.replacingOccurrences(of: #""Ada Lovelace""#, with: json)
                let saved = try await shop.api("PATCH", "/carts/\(cart)", #"{"shipping_address":\#(address)}"#)
                #expect(saved.json["shipping_address"]["name"].string == text, "\(saved.text)")
                let order = try await shop.checkout(cart: cart, key: "texts-\(cart)")
                #expect(order.json["shipping_address"]["name"].string == text, "\(order.text)")

                let query = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                #expect(try await shop.api("GET", "/products?q=\(query)").status == 200)
                #expect(try await browser.open("/search?q=\(query)") == 200)
                #expect(!Self.opensMarkup(browser.page))
                try await browser.open("/products/cedar-pencils")
                try await browser.submit(
                    "/cart/lines", ["variant_id": browser.value(of: "variant_id") ?? "", "quantity": "1"])
                try await browser.open("/checkout?edit=1")
                let fields = PagesJourneyTests.address.merging(["name": text, "city": text]) { $1 }
                try await browser.submit("/checkout", fields)
                #expect(browser.page.contains("</html>"))
                #expect(!Self.opensMarkup(browser.page))
            }
            #expect(try await shop.api("GET", "/products?count=true").json["count"].int == 36)
        }
    }

    /// Compares bytes, as a browser does: in a Swift string a quote with an accent is another character.
    private static func opensMarkup(_ page: String) -> Bool {
        let bytes = Data(page.utf8)
        return ["<script>alert", "<img src=x", "\"\u{301}", "\"\u{20E3}", "\u{600}\"", "\u{600}'", "\u{600}<"].contains
        {
            bytes.range(of: Data($0.utf8)) != nil
        }
    }

    private static func target(in shop: RunningShop) async throws -> Target {
        let cart = try await shop.filledCart(handle: "cedar-pencils", quantity: 1)
        let line = try await shop.api("GET", "/carts/\(cart)").json["lines"][0]
        func register(_ email: String) async throws -> String {
            let answer = try await shop.api(
                "POST", "/auth/register", #"{"email":"\#(email)","password":"correct horse battery","name":"N"}"#)
            return try #require(answer.json["access_token"].string)
        }
        let owner = try await register("owner@example.com")
        let variant = try #require(line["variant_id"].string)
        func ownersCart() async throws -> String {
            let cart = try #require(try await shop.api("POST", "/carts", token: owner, "{}").json["id"].string)
            _ = try await shop.api(
                "POST", "/carts/\(cart)/lines", token: owner, #"{"variant_id":"\#(variant)","quantity":1}"#)
            try await shop.fillIn(cart: cart, token: owner, email: "owner@example.com")
            return cart
        }
        let order = try await shop.checkout(cart: ownersCart(), token: owner, key: "owner")
        return Target(
            cart: cart, line: try #require(line["id"].string), variant: variant, foreignCart: try await ownersCart(),
            foreignOrder: try #require(order.json["id"].string), token: try await register("customer2@example.com"))
    }

    /// Tokens that the shop did not issue, or that are no longer valid.
    private static func badTokens(in shop: RunningShop) async throws -> [(name: String, token: String)] {
        let login = try await shop.api(
            "POST", "/auth/login", #"{"email":"customer@example.com","password":"magpie-demo"}"#)
        let parts = try #require(login.json["access_token"].string).split(separator: ".").map(String.init)
        let (header, payload, signature) = (parts[0], parts[1], parts[2])
        let claims = try #require(Data(base64URL: payload))
        var stale = try #require(try JSONSerialization.jsonObject(with: claims) as? [String: Any])
        stale["exp"] = Date.now.timeIntervalSince1970 - 3_600
        var staff = try #require(try JSONSerialization.jsonObject(with: claims) as? [String: Any])
        staff["permissions"] = ["orders:read", "orders:write"]
        let row = try #require(
            try await ShopConsistency(folder: shop.folder).rows("auth", "SELECT private_key FROM signing_keys").first)
        let key = try P256.Signing.PrivateKey(pemRepresentation: row.string("private_key"))
        let keys = try await Client.shared.get("http://127.0.0.1:\(shop.port)/.well-known/jwks.json")

        func signed(_ header: String, _ claims: [String: Any], by key: P256.Signing.PrivateKey) throws -> String {
            let text = "\(header).\(try JSONSerialization.data(withJSONObject: claims).base64URL)"
            return "\(text).\(try key.signature(for: Data(text.utf8)).rawRepresentation.base64URL)"
        }
        let none = Data(#"{"alg":"none","typ":"JWT"}"#.utf8).base64URL
        let symmetric = Data(#"{"alg":"HS256","typ":"JWT"}"#.utf8).base64URL
        let secret = HMAC<SHA256>.authenticationCode(
            for: Data("\(symmetric).\(payload)".utf8), using: SymmetricKey(data: keys.body))
        return [
            ("no", "garbage"), ("an empty", "."), ("an unsigned", "\(none).\(payload)."),
            ("an unsigned, as it was signed", "\(none).\(payload).\(signature)"),
            ("a cut-off", "\(header).\(payload).\(signature.dropLast(4))"),
            ("an altered", "\(header).\(try JSONSerialization.data(withJSONObject: staff).base64URL).\(signature)"),
            ("an expired", try signed(header, stale, by: key)),
            ("another key's", try signed(header, staff, by: P256.Signing.PrivateKey())),
            ("an HMAC", "\(symmetric).\(payload).\(Data(secret).base64URL)"),
            ("a refresh", try #require(login.json["refresh_token"].string)),
        ]
    }
}

extension HostileRequest.Body {
    fileprivate var bytes: ByteBuffer {
        switch self {
        case .text(let text): ByteBuffer(string: text)
        case .bytes(let bytes): ByteBuffer(bytes: bytes)
        }
    }
}

extension Data {
    /// RFC 4648, section 5, without padding.
    fileprivate var base64URL: String {
        base64EncodedString().replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }

    fileprivate init?(base64URL text: String) {
        let plain = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        self.init(base64Encoded: plain + String(repeating: "=", count: (4 - plain.count % 4) % 4))
    }
}

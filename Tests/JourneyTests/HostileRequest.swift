import Foundation

/// A request that must be refused, and how.
struct HostileRequest: CustomStringConvertible {
    var description: String
    var method: String
    var path: String
    var headers: [String: String]
    var body: Body?
    var status: Set<Int>
    /// The problem's code, where the contract fixes one.
    var code: String?

    enum Body {
        case text(String)
        case bytes([UInt8])
    }

    init(
        _ description: String, _ method: String, _ path: String, _ body: Body, headers: [String: String] = [:],
        _ status: Int..., code: String? = nil
    ) {
        self.init(description, method, path, headers: headers, status, code)
        self.body = body
    }

    init(
        _ description: String, _ method: String, _ path: String, headers: [String: String] = [:], _ status: Int...,
        code: String? = nil
    ) {
        self.init(description, method, path, headers: headers, status, code)
    }

    private init(
        _ description: String, _ method: String, _ path: String, headers: [String: String], _ status: [Int],
        _ code: String?
    ) {
        self.description = description
        self.method = method
        self.path = path
        self.headers = headers
        self.status = Set(status)
        self.code = code
    }
}

/// The targets of hostile requests.
struct Target {
    /// A guest's cart with one line, ready to be paid.
    var cart: String
    var line: String
    var variant: String
    /// A cart and an order of another customer.
    var foreignCart: String
    var foreignOrder: String
    /// The access token of a customer.
    var token: String
}

extension HostileRequest {
    /// Malformed JSON bodies, for every operation with a body.
    static func unreadable(_ target: Target) -> [HostileRequest] {
        let places = [
            ("POST", "/auth/register"), ("POST", "/auth/login"), ("POST", "/auth/refresh"), ("POST", "/carts"),
            ("PATCH", "/carts/\(target.cart)"), ("POST", "/carts/\(target.cart)/lines"),
            ("PATCH", "/carts/\(target.cart)/lines/\(target.line)"), ("POST", "/carts/\(target.cart)/coupons"),
            ("POST", "/carts/\(target.cart)/checkout"), ("POST", "/events"),
        ]
        let bodies: [(String, Body, Int)] = [
            ("truncated", .text(#"{"email": "a"#), 400), ("no JSON", .text("hello"), 400),
            ("two values", .text("{} {}"), 400), ("invalid UTF-8", .bytes(Array(#"{"a":""#.utf8) + [0xC3, 0x28]), 400),
            ("deeply nested", .text(String(repeating: "[", count: 10_000)), 400),
            ("a name twice", .text(#"{"email":"a","email":"b"}"#), 400),
            ("an array", .text("[]"), 422), ("an unknown field", .text(#"{"no_such_field": 1}"#), 422),
            ("a member named __proto__", .text(#"{"__proto__": {}}"#), 422),
            ("more than a mebibyte", .text(#"{"a":""# + String(repeating: "x", count: 1_048_577) + #""}"#), 413),
        ]
        return places.flatMap { method, path in
            bodies.map { name, body, status in
                HostileRequest(
                    "\(name) to \(method) \(path)", method, path, body, headers: ["Idempotency-Key": "hostile"], status)
            }
                + [
                    HostileRequest(
                        "a form to \(method) \(path)", method, path, .text("a=b"),
                        headers: ["Content-Type": "application/x-www-form-urlencoded", "Idempotency-Key": "hostile"],
                        415)
                ]
        }
    }

    static func outOfBounds(_ target: Target) -> [HostileRequest] {
        let lines = "/carts/\(target.cart)/lines"
        let quantities = ["0", "-1", "1000", "9223372036854775808", "1e400", "1.5", #""2""#, "true", "null", "[1]"]
        let long = String(repeating: "x", count: 10_000)
        return quantities.flatMap { quantity in
            [
                HostileRequest(
                    "a quantity of \(quantity)", "POST", lines,
                    .text(#"{"variant_id":"\#(target.variant)","quantity":\#(quantity)}"#), 422, 400),
                HostileRequest(
                    "a line changed to \(quantity)", "PATCH", "\(lines)/\(target.line)",
                    .text(#"{"quantity":\#(quantity)}"#), 422, 400),
            ]
        } + [
            HostileRequest(
                "999 on top of what is there", "POST", lines,
                .text(#"{"variant_id":"\#(target.variant)","quantity":999}"#), 422),
            HostileRequest(
                "a client's own price", "POST", lines,
                .text(#"{"variant_id":"\#(target.variant)","quantity":1,"unit_price":{"amount":1,"currency":"USD"}}"#),
                422),
            HostileRequest("no variant's id", "POST", lines, .text(#"{"variant_id":"var_x","quantity":1}"#), 422, 404),
            HostileRequest(
                "a variant nobody has", "POST", lines,
                .text(#"{"variant_id":"var_01kb3v6q8hfj4r9m2t5w7x0yza","quantity":1}"#), 422, 404),
            HostileRequest("an unknown currency", "POST", "/carts", .text(#"{"currency":"XYZ"}"#), 422),
            HostileRequest(
                "no e-mail address", "PATCH", "/carts/\(target.cart)", .text(#"{"email":"nobody"}"#), 422),
            HostileRequest(
                "an address of one field", "PATCH", "/carts/\(target.cart)",
                .text(#"{"shipping_address":{"name":"A"}}"#), 422),
            HostileRequest(
                "a very long name", "PATCH", "/carts/\(target.cart)",
                .text(RunningShop.address.replacingOccurrences(of: "Ada Lovelace", with: long).inField), 422),
            HostileRequest(
                "a country that is none", "PATCH", "/carts/\(target.cart)",
                .text(RunningShop.address.replacingOccurrences(of: #""US""#, with: #""ZZ""#).inField), 422),
            HostileRequest(
                "a very long coupon", "POST", "/carts/\(target.cart)/coupons", .text(#"{"code":"\#(long)"}"#), 422),
            HostileRequest(
                "an unknown coupon", "POST", "/carts/\(target.cart)/coupons", .text(#"{"code":"NOPE"}"#), 422),
            HostileRequest(
                "a short password", "POST", "/auth/register",
                .text(#"{"email":"new@example.com","password":"short","name":"N"}"#), 422),
            HostileRequest(
                "checkout without a key", "POST", "/carts/\(target.cart)/checkout",
                .text(#"{"payment":{"provider":"test","token":"tok_success"}}"#), 400, code: "idempotency_key_required"),
            HostileRequest(
                "checkout with an unknown provider", "POST", "/carts/\(target.cart)/checkout",
                .text(#"{"payment":{"provider":"nobody","token":"tok_success"}}"#), headers: ["Idempotency-Key": "h"],
                422),
            HostileRequest(
                "a key of 256 characters", "POST", "/carts/\(target.cart)/checkout",
                .text(#"{"payment":{"provider":"test","token":"tok_success"}}"#),
                headers: ["Idempotency-Key": String(repeating: "k", count: 256)], 400, 422),
            HostileRequest(
                "a key with a space", "POST", "/carts/\(target.cart)/checkout",
                .text(#"{"payment":{"provider":"test","token":"tok_success"}}"#), headers: ["Idempotency-Key": "a b"],
                400, 422),
            HostileRequest(
                "101 events", "POST", "/events",
                .text(
                    #"{"events":[\#(Array(repeating: #"{"type":"searched"}"#, count: 101).joined(separator: ","))]}"#),
                422),
            HostileRequest(
                "an event of no known type", "POST", "/events",
                .text(#"{"events":[{"type":"hacked","occurred_at":"\#(Date.now.ISO8601Format())"}]}"#), 422),
            HostileRequest(
                "an event of the far future", "POST", "/events",
                .text(#"{"events":[{"type":"searched","occurred_at":"2100-01-01T00:00:00Z"}]}"#), 422),
        ]
    }

    static let queries: [HostileRequest] = [
        "limit=0", "limit=101", "limit=-1", "limit=x", "limit=%2B5", "cursor=x", "cursor=%00", "sort=evil",
        "sort=title%3BDROP%20TABLE%20products", "price[gte]=x", "price[gte]=-1", "count=maybe",
        "q=\(String(repeating: "q", count: 201))", "q=%C3%28",
    ].map { HostileRequest("/products?\($0)", "GET", "/products?\($0)", 422, 400) }

    static func notYours(_ target: Target) -> [HostileRequest] {
        let line = #"{"variant_id":"\#(target.variant)","quantity":1}"#
        let cart = "/carts/\(target.foreignCart)"
        let order = "/orders/\(target.foreignOrder)"
        return [
            HostileRequest("a foreign cart", "GET", cart, 404, code: "cart_not_found"),
            HostileRequest("a line into a foreign cart", "POST", "\(cart)/lines", .text(line), 404),
            HostileRequest("an address for a foreign cart", "PATCH", cart, .text(#"{"email":"a@example.com"}"#), 404),
            HostileRequest(
                "a foreign cart's checkout", "POST", "\(cart)/checkout",
                .text(#"{"payment":{"provider":"test","token":"tok_success"}}"#), headers: ["Idempotency-Key": "h"],
                404),
            HostileRequest("a foreign order", "GET", order, 404, code: "order_not_found"),
            HostileRequest(
                "a foreign order with a made-up token", "GET", order, headers: ["X-Order-Token": "x"], 404),
            HostileRequest("a foreign order cancelled", "POST", "\(order)/cancel", 404),
            HostileRequest("nobody's orders", "GET", "/orders", 401),
            HostileRequest("staff's orders as nobody", "GET", "/admin/orders", 401),
            HostileRequest(
                "staff's orders as a customer", "GET", "/admin/orders",
                headers: ["Authorization": "Bearer \(target.token)"], 403),
            HostileRequest(
                "a product as a customer", "POST", "/admin/products", .text(#"{"title":"T"}"#),
                headers: ["Authorization": "Bearer \(target.token)"], 403),
        ]
            + [
                "cart_", "cart_0", "../../etc/passwd", "%2e%2e%2f", "%00", "cart_01kb3v6q8hfj4r9m2t5w7x0yza'--",
                String(repeating: "c", count: 5_000),
            ].map { HostileRequest("the cart \($0.prefix(40))", "GET", "/carts/\($0)", 404, 400) }
    }

    /// Each of them must be refused by every operation, even where no token is needed.
    static func badTokens(_ tokens: [(name: String, token: String)]) -> [HostileRequest] {
        tokens.flatMap { name, token in
            ["/auth/me", "/orders", "/products", "/admin/orders"].map { path in
                HostileRequest(
                    "\(name) token to \(path)", "GET", path, headers: ["Authorization": "Bearer \(token)"], 401)
            }
        }
    }
}

extension String {
    /// As the `shipping_address` of a cart's change.
    fileprivate var inField: String { #"{"shipping_address":\#(self)}"# }
}

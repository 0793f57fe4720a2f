import Foundation
import Testing

extension RunningShop {
    static let address = """
        {"name":"Ada Lovelace","line1":"12 Analytical Way","city":"Portland","region":"OR","postal_code":"97201",\
        "country":"US"}
        """

    /// A guest's cart with one line, ready to be paid.
    func filledCart(handle: String, quantity: Int) async throws -> String {
        let product = try await api("GET", "/products/\(handle)")
        guard let variant = product.json["variants"].array.first(where: { $0["available"].bool == true })?["id"].string
        else { throw ShopFailure("nothing of \(handle) can be bought: \(product.text)") }
        return try await filledCart(variant: variant, quantity: quantity)
    }

    func filledCart(variant: String, quantity: Int) async throws -> String {
        guard let cart = try await api("POST", "/carts", "{}").json["id"].string else { throw ShopFailure("no cart") }
        let line = try await api(
            "POST", "/carts/\(cart)/lines", #"{"variant_id":"\#(variant)","quantity":\#(quantity)}"#)
        guard line.status == 201 else { throw ShopFailure(line.text) }
        try await fillIn(cart: cart, token: nil, email: "guest@example.com")
        return cart
    }

    /// Contact, address and the first shipping option.
    func fillIn(cart: String, token: String?, email: String) async throws {
        let contact = try await api(
            "PATCH", "/carts/\(cart)", token: token, #"{"email":"\#(email)","shipping_address":\#(Self.address)}"#)
        guard contact.status == 200 else { throw ShopFailure(contact.text) }
        let options = try await api("GET", "/carts/\(cart)/shipping-options", token: token)
        guard let option = options.json["items"][0]["id"].string else { throw ShopFailure(options.text) }
        let chosen = try await api("PATCH", "/carts/\(cart)", token: token, #"{"shipping_option_id":"\#(option)"}"#)
        guard chosen.status == 200 else { throw ShopFailure(chosen.text) }
    }

    /// Sets the stock of every variant.
    func stock(_ handle: String, with quantity: Int) async throws {
        let admin = try await administrator()
        for variant in try await api("GET", "/products/\(handle)").json["variants"].array {
            let answer = try await api(
                "PATCH", "/admin/inventory/\(variant["id"].string ?? "")", token: admin, #"{"on_hand":\#(quantity)}"#)
            guard answer.status == 200 else { throw ShopFailure(answer.text) }
        }
    }

    func checkout(cart: String, token: String? = nil, key: String, card: String = "tok_success") async throws -> Answer
    {
        try await api(
            "POST", "/carts/\(cart)/checkout", token: token, key: key,
            #"{"payment":{"provider":"test","token":"\#(card)"}}"#)
    }

    /// An access token of a new administrator.
    func administrator() async throws -> String {
        let made = try command("admin", "create", "boss@example.com", "--password", "a long enough password")
        try #require(made.status == 0, "\(made.output)")
        return try await sameAdministrator()
    }

    /// An access token of the administrator that was made before.
    func sameAdministrator() async throws -> String {
        let login = try await api(
            "POST", "/auth/login", #"{"email":"boss@example.com","password":"a long enough password"}"#)
        return try #require(login.json["access_token"].string, "\(login.text)")
    }

    /// Waits until the condition holds, for effects of events.
    func eventually(
        _ what: String, within limit: Duration = .seconds(20), _ condition: () async throws -> Bool
    ) async throws {
        try await wait(
            for: what, within: limit, otherwise: { "\(log.suffix(4_000))\n\(complaints.suffix(8_000))" }, condition)
    }
}

/// Waits until the condition holds; records an issue with what `otherwise` says when it does not in time.
func wait(
    for what: String, within limit: Duration, otherwise: () -> String, _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now.advanced(by: limit)
    while ContinuousClock.now < deadline {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(50))  // Polls another process.
    }
    Issue.record("not within \(limit): \(what)\n\(otherwise())")
}

import Commerce

/// What is stored of a request with an idempotency key: its hash and the cart it changed. The response to a repetition
/// is made of the cart as it is then.
struct KeyRecord: Codable {
    var requestHash: String
    var cart: CartID

    init(requestHash: String, cart: CartID) {
        self.requestHash = requestHash
        self.cart = cart
    }

    /// Earlier versions stored the whole cart.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        requestHash = try container.decode(String.self, forKey: .requestHash)
        cart =
            if let id = try? container.decode(CartID.self, forKey: .cart) {
                id
            } else {
                try container.decode(WholeCart.self, forKey: .cart).id
            }
    }

    private struct WholeCart: Decodable { var id: CartID }
}

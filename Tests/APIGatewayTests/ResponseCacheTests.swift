import AuthContract
import Commerce
import HTTPTypes
import HummingbirdTesting
import ProductContract
import ServiceKit
import Testing

/// Which requests drop cached responses: those that change products, and of these products only.
@Suite struct ResponseCacheTests {
    private let reads = Recorder<String>()
    private let variant = VariantID()

    /// A gateway that would answer from its cache for a minute. Handles of two products lead to reads of their own.
    private func shop() async throws -> Shop {
        let (reads, variant, price) = (reads, variant, Money(1_999, .usd))
        var services = Services(
            onProduct: { name in
                reads.record(name)
                var product = mug()
                guard name == "mug" else {
                    (product.id, product.handle) = (ProductID(stored: "prod_of_\(name)"), name)
                    return product
                }
                product.variants = [
                    Variant(
                        id: variant, sku: "MUG", title: "Mug", options: [:], price: price, compareAtPrice: nil,
                        available: true, inventoryQuantity: 1)
                ]
                return product
            }, onPlace: { _, _ in throw ServiceError(.conflict, code: "out_of_stock", "The mug is sold out.") })
        services.onUpdate = { _ in mug(version: 2) }
        services.onArchive = { _ in }
        services.onAdjustStock = { _ in
            Outcome(StockLevel(variantID: variant, sku: "MUG", tracked: true, onHand: 5, reserved: 0))
        }
        return try await Shop(services, productLifetime: .seconds(60))
    }

    @Test func aRefusedCheckoutKeepsCachedProducts() async throws {
        try await shop().test { client in
            _ = try await client.send(.get, "/api/v1/products/mug")
            let refused = try await client.send(
                .post, "/api/v1/carts/cart_01kb3v6q8hfj4r9m2t5w7x0yza/checkout", ["Idempotency-Key": "k1"],
                json: #"{"payment": {"provider": "test", "token": "tok_success"}}"#)
            #expect(refused.code == "out_of_stock")
            #expect(try await client.send(.get, "/api/v1/products/mug").status == .ok)
        }
        #expect(reads.values == ["mug"])
    }

    @Test(
        arguments: [
            (.patch, "products/mug", #"{"title": "Cup"}"#), (.delete, "products/prod_01kb3v6q8hfj4r9m2t5w7x0yza", nil),
            (.patch, "inventory/<variant>", #"{"on_hand": 5}"#),
            (.post, "inventory/<variant>/adjustments", #"{"by": 1}"#),
        ] as [(HTTPRequest.Method, String, String?)])
    func aChangeByStaffDropsThatProductAlone(
        method: HTTPRequest.Method, path: String, body: String?
    ) async throws {
        let shop = try await shop()
        let staff = ["Authorization": "Bearer \(try await shop.token([.productsWrite, .inventoryWrite]))"]
        let path = path.replacing("<variant>", with: variant.rawValue)
        try await shop.test { client in
            func readBoth() async throws {
                for name in ["mug", "bowl"] { _ = try await client.send(.get, "/api/v1/products/\(name)") }
            }
            try await readBoth()
            let change = try await client.send(method, "/api/v1/admin/" + path, staff, json: body)
            #expect(change.status.kind == .successful)
            try await readBoth()
        }
        #expect(reads.values == ["mug", "bowl", "mug"])
    }
}

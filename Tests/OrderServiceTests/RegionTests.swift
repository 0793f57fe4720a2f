import CartContract
import Commerce
import DemoCatalogue
import OfferContract
import OrderContract
import OrderService
import ProductContract
import ServiceKit
import TestSupport
import Testing

/// Carts that were filled before the tax rules required a region.
@Suite struct RegionTests {
    private static let untaxed = #"""
        {"version": 1, "home_country": "US", "promotions": [], "taxes": [], "shipping": [{"countries": ["*"], "options": [
          {"id": "standard", "name": "Standard", "estimate": "3 days", "prices": {"USD": 590}}]}]}
        """#

    private func replaceRules(_ rules: String, in shop: TestShop) async throws {
        try await calling(as: .system("test")) { try await shop.offers.replaceRules(rules) }
    }

    /// A cart whose address has this region, filled before the rules required one. The rules require it now.
    private func oldCart(region: String?, in shop: TestShop) async throws -> CartID {
        try await replaceRules(Self.untaxed, in: shop)
        let cart = try await shop.cart()
        var address = TestShop.address
        address.region = region
        _ = try await shop.carts.update(cart, CartChange(shippingAddress: address))
        try await replaceRules(try DemoCatalogue.offers(), in: shop)
        return cart
    }

    @Test(arguments: [(nil, "required"), ("Ontario", "unknown_region")] as [(String?, String)])
    func anOrderWithoutARequiredRegionIsRefused(region: String?, code: String) async throws {
        try await withShop { shop in
            let cart = try await oldCart(region: region, in: shop)
            let refusal = await refusal { try await shop.orders().buy(cart, key: "one") }
            #expect(refusal?.kind == .invalid)
            #expect(refusal?.fields.map { "\($0.field) \($0.code)" } == ["shipping_address.region \(code)"])
            #expect(try await shop.allOrders().isEmpty)
            #expect(try await shop.stock()?.reserved == 0)
            let shown = try await shop.carts.cart(cart)
            #expect(shown.isTaxPending && shown.totals.taxTotal.isZero)
            // Other changes of the cart need no region, only the order does. The key may be used again.
            _ = try await shop.carts.update(cart, CartChange(email: "eve@example.com"))
            let changed = try await shop.carts.update(cart, CartChange(shippingAddress: TestShop.address))
            #expect(!changed.isTaxPending && changed.totals.taxTotal.amount > 0)
            let order = try await shop.orders().buy(cart, key: "one").value
            #expect(order.totals == changed.totals && order.shippingAddress.region == "TX")
        }
    }

    @Test func aRecognisedRegionIsStoredAsItsCode() async throws {
        try await withShop { shop in
            let cart = try await oldCart(region: "texas", in: shop)
            let shown = try await shop.carts.cart(cart)
            let order = try await shop.orders().buy(cart).value
            #expect(order.totals == shown.totals && order.totals.taxTotal.amount > 0)
            #expect(order.shippingAddress.region == "TX")
        }
    }
}

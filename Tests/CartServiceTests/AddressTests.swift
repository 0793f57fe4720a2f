import CartContract
import CartService
import Commerce
import Foundation
import OfferContract
import ProductContract
import ServiceKit
import Testing

/// Addresses that tax depends on: the demo's rules name regions of the US.
@Suite struct AddressTests {
    static func address(_ country: String, region: String?, postalCode: String = "90001") -> Address {
        Address(
            name: "A Buyer", line1: "1 Hill St", city: "Los Angeles", region: region, postalCode: postalCode,
            country: country)
    }

    @Test(arguments: [(nil, "required"), ("  ", "required"), ("Ontario", "unknown_region")] as [(String?, String)])
    func anAddressWithoutARequiredRegionIsRefused(region: String?, code: String) async throws {
        let mug = variant(1_000)
        try await withCarts([mug]) { carts, _ in
            let id = try await carts.create(currency: nil).value.id
            _ = try await carts.addLine(to: id, variant: mug.variant.id, quantity: 1)
            let error = await #expect(throws: ServiceError.self) {
                _ = try await carts.update(id, CartChange(shippingAddress: Self.address("US", region: region)))
            }
            #expect(error?.kind == .invalid)
            #expect(error?.fields.map { "\($0.field) \($0.code)" } == ["shipping_address.region \(code)"])
            #expect(try await carts.cart(id).shippingAddress == nil)
        }
    }

    @Test(arguments: ["California", " ca", "US-CA"]) func theRegionIsStoredAsItsCode(region: String) async throws {
        let mug = variant(1_000)
        try await withCarts([mug]) { carts, _ in
            let id = try await carts.create(currency: nil).value.id
            _ = try await carts.addLine(to: id, variant: mug.variant.id, quantity: 1)
            let written = Self.address("US", region: region)
            let changed = try await carts.update(id, CartChange(shippingAddress: written, billingAddress: written))
            let stored = try await carts.cart(id)
            for cart in [changed, stored] {
                #expect(cart.shippingAddress?.region == "CA" && cart.billingAddress?.region == "CA")
                #expect(cart.totals.taxTotal.amount == 73 && !cart.isTaxPending)
            }
        }
    }

    @Test func theRegionIsStoredAsWrittenWhereTaxDoesNotDependOnIt() async throws {
        try await withCarts { carts, _ in
            let id = try await carts.create(currency: nil).value.id
            for region in [nil, "Bayern", "Kent"] {
                let cart = try await carts.update(id, CartChange(shippingAddress: Self.address("DE", region: region)))
                #expect(cart.shippingAddress?.region == region && !cart.isTaxPending)
                #expect(cart.regionCountries == ["US"])
            }
        }
    }

    @Test func postalCodesAreOptionalInCountriesWithoutThem() async throws {
        try await withCarts { carts, _ in
            let id = try await carts.create(currency: nil).value.id
            for country in ["HK", "AE", "IE"] {
                let address = Self.address(country, region: nil, postalCode: "")
                #expect(try await carts.update(id, CartChange(shippingAddress: address)).shippingAddress == address)
            }
            let missing = Self.address("GB", region: nil, postalCode: "")
            #expect(
                await fields { try await carts.update(id, CartChange(shippingAddress: missing)) }
                    == ["shipping_address.postal_code"])
        }
    }

    /// Responses of an earlier version may be stored under the keys of their requests.
    @Test func aCartOfAnEarlierVersionCanBeRead() async throws {
        try await withCarts { carts, _ in
            let cart = try await carts.create(currency: nil).value
            #expect(cart.isTaxPending && cart.regionCountries == ["US"])
            var old = try #require(
                try JSONSerialization.jsonObject(with: JSONEncoder().encode(cart)) as? [String: Any])
            #expect(old.removeValue(forKey: "region_countries") != nil)
            #expect(old.removeValue(forKey: "tax_pending") != nil)
            let read = try JSONDecoder().decode(Cart.self, from: JSONSerialization.data(withJSONObject: old))
            #expect(read.id == cart.id && !read.isTaxPending && read.regionCountries.isEmpty)
        }
    }
}

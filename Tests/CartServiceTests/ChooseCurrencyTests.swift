import CartContract
import CartService
import Commerce
import KeyValue
import Logging
import OfferContract
import OfferService
import ProductContract
import ServiceKit
import TestSupport
import Testing

/// The currency of carts for which none was requested.
@Suite struct ChooseCurrencyTests {
    @Test(arguments: [(Currency.eur, Currency.eur), (nil, .usd)] as [(Currency?, Currency)])
    func aCartHasTheCurrencyOfTheShop(_ shop: Currency?, _ expected: Currency) async throws {
        var products = FixedProducts([])
        products.currency = .success(shop)
        try await withCarts(of: products) { carts, _ in
            let cart = try await carts.create(currency: nil).value
            #expect(cart.currency == expected && cart.totals.total == .zero(expected))
            #expect(try await carts.create(currency: "KWD").value.currency == .kwd)
        }
    }

    @Test func whileTheShopsCurrencyIsUnknownNoOtherIsUsed() async throws {
        var products = FixedProducts([])
        products.currency = .failure(.unavailable("The catalogue"))
        try await withCarts(of: products) { carts, _ in
            #expect(await code { try await carts.create(currency: nil) } == "unavailable")
            let euros = try await carts.create(currency: "EUR").value
            #expect(euros.currency == .eur)
        }
    }
}

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

/// Carts that nobody asked a currency for.
@Suite struct DefaultCurrencyTests {
    @Test(arguments: [(Currency.eur, Currency.eur), (nil, .usd)] as [(Currency?, Currency)])
    func aCartWithoutACurrencyIsInTheShops(_ shop: Currency?, _ expected: Currency) async throws {
        var shelf = Shelf([])
        shelf.currency = .success(shop)
        try await withCarts(of: shelf) { carts, _ in
            let cart = try await carts.create(currency: nil).value
            #expect(cart.currency == expected && cart.totals.total == .zero(expected))
            #expect(try await carts.create(currency: "KWD").value.currency == .kwd)
        }
    }

    @Test func aShopWhoseCurrencyIsNotKnownMakesNoCartInAnother() async throws {
        var shelf = Shelf([])
        shelf.currency = .failure(.unavailable("The catalogue"))
        try await withCarts(of: shelf) { carts, _ in
            #expect(await code { try await carts.create(currency: nil) } == "unavailable")
            let euros = try await carts.create(currency: "EUR").value
            #expect(euros.currency == .eur)
        }
    }
}

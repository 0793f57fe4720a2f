import CartContract
import Commerce
import Identity
import OfferContract
import OrderContract
import OrderService
import ProductContract
import ServiceKit
import TestSupport
import Testing

/// Who may read an order, and how orders are listed.
@Suite struct ReadOrderTests {
    @Test func onlyAuthorisedCallersReadAnOrder() async throws {
        try await withShop { shop in
            let orders = shop.orders()
            let ada = Principal.customer(CustomerID())
            let cart = try await calling(as: ada) { try await shop.cart() }
            let order = try await orders.buy(cart, as: ada).value
            #expect(order.guestToken == nil)
            for principal in [ada, TestShop.staff] {
                let seen = try await calling(as: principal) { try await orders.order(order.id, guestToken: nil) }
                #expect(seen.id == order.id)
            }
            for principal in [Principal.anonymous, .customer(CustomerID())] {
                await expect("order_not_found") {
                    try await calling(as: principal) { try await orders.order(order.id, guestToken: "x") }
                }
            }
            let guest = try await orders.buy(try await shop.cart()).value
            await expect("order_not_found") { try await orders.order(guest.id, guestToken: "0") }
            #expect(try await orders.order(guest.id, guestToken: guest.guestToken).id == guest.id)
            let mine = try await calling(as: ada) {
                try await orders.myOrders(page: PageRequest(cursor: nil, limit: 10))
            }
            #expect(mine.items.map(\.id) == [order.id] && mine.count == nil)
            let counted = try await calling(as: ada) {
                try await orders.myOrders(page: PageRequest(cursor: nil, limit: 10, wantsCount: true))
            }
            #expect(counted.count == 1)
            await expect("unauthenticated") { try await orders.myOrders(page: PageRequest(cursor: nil, limit: 10)) }
        }
    }

    @Test func aSignedLinkOpensAGuestsOrderUntilItExpires() async throws {
        try await withShop { shop in
            let orders = shop.orders()
            let guest = try await orders.buy(try await shop.cart()).value
            let link = TestShop.links.token(
                for: guest.id.rawValue, until: shop.time.clock.now().advanced(by: .seconds(60)))
            #expect(try await orders.order(guest.id, guestToken: link).id == guest.id)
            let another = try await orders.buy(try await shop.cart()).value
            await expect("order_not_found") { try await orders.order(another.id, guestToken: link) }
            // A token does not open a customer's order.
            let ada = Principal.customer(CustomerID())
            let cart = try await calling(as: ada) { try await shop.cart() }
            let hers = try await orders.buy(cart, as: ada).value
            let forged = TestShop.links.token(
                for: hers.id.rawValue, until: shop.time.clock.now().advanced(by: .seconds(60)))
            await expect("order_not_found") { try await orders.order(hers.id, guestToken: forged) }
            shop.time.advance(by: .seconds(60))
            await expect("order_not_found") { try await orders.order(guest.id, guestToken: link) }
            #expect(try await orders.order(guest.id, guestToken: guest.guestToken).id == guest.id)
        }
    }

    @Test func listsAreSortedNewestFirst() async throws {
        try await withShop { shop in
            let orders = shop.orders()
            var numbers: [String] = []
            for _ in 0..<5 {
                shop.time.advance(by: .seconds(1))
                numbers.append(try await orders.buy(try await shop.cart()).value.number)
            }
            var query = OrderQuery()
            query.page.limit = 2
            query.page.wantsCount = true
            var seen: [String] = []
            repeat {
                let page = try await calling(as: TestShop.staff) { [query] in try await orders.orders(query) }
                seen += page.items.map(\.number)
                #expect(page.count == 5)
                query.page.cursor = page.nextCursor
            } while query.page.cursor != nil
            #expect(seen == numbers.reversed())
        }
    }
}

import Commerce
import EventContract
import EventLog
import ProductContract
import ServiceKit
import TestSupport
import Testing

@Suite struct ReservationTests {
    @Test func twoHundredBuyersOfTwentyUnits() async throws {
        try await withShop { shop in
            let variant = try await shop.add("Mug", stock: 20).firstVariant
            let won = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<200 {
                    group.addTask {
                        await refusal { try await shop.reserve(OrderID(), [(variant, 1)]) } == nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(won == 20)
            let level = try #require(try await shop.level(variant))
            #expect(level.onHand == 20 && level.reserved == 20 && level.available == 0)
            let product = try await shop.service.product("mug")
            #expect(!product.available)
            #expect(product.variants.first?.inventoryQuantity == 0)
        }
    }

    @Test func allLinesOrNone() async throws {
        try await withShop { shop in
            let mug = try await shop.add("Mug", stock: 5).firstVariant
            let bowl = try await shop.add("Bowl", stock: 1).firstVariant
            let error = await refusal { try await shop.reserve(OrderID(), [(bowl, 1), (mug, 3), (bowl, 1), (mug, 1)]) }
            #expect(error?.code == "out_of_stock" && error?.kind == .conflict)
            #expect(error?.fields.map(\.field) == ["lines[0].quantity", "lines[2].quantity"])
            #expect(error?.fields.first?.detail == "only 1 left")
            #expect(try await shop.level(mug)?.reserved == 0)
            #expect(try await shop.level(bowl)?.reserved == 0)
            #expect(
                await refusal { try await shop.reserve(OrderID(), [(mug, 1), (VariantID(), 1)]) }?.code
                    == "variant_not_found")
            #expect(await refusal { try await shop.reserve(OrderID(), [(mug, 0)]) }?.kind == .invalid)
            #expect(try await shop.level(mug)?.reserved == 0)
        }
    }

    @Test func everyStepHappensOnce() async throws {
        try await withShop { shop in
            let product = try await shop.add("Mug", stock: 10)
            let (mug, order) = (product.firstVariant, OrderID())
            for _ in 1...2 { try await shop.reserve(order, [(mug, 2), (mug, 1)]) }
            #expect(try await shop.level(mug)?.reserved == 3)
            for _ in 1...2 { try await shop.service.commitReservation(for: order) }
            #expect(
                try await shop.level(mug) == StockLevel(variantID: mug, sku: "", tracked: true, onHand: 7, reserved: 0))
            try await shop.service.releaseReservation(for: order)
            try await shop.reserve(order, [(mug, 3)])
            #expect(
                try await shop.level(mug) == StockLevel(variantID: mug, sku: "", tracked: true, onHand: 7, reserved: 0))
            for _ in 1...2 { try await shop.service.restock(order: order) }
            #expect(try await shop.level(mug)?.onHand == 10)
            #expect(try await shop.ledger(mug) == 10)
            #expect(try await shop.service.product("mug").version > product.version)
            let stock = try await shop.events().compactMap { try $0.payload(StockChanged.self) }
            #expect(stock.map(\.kind) == ["adjustment", "sale", "restock"])
            #expect(stock.map(\.quantity) == [10, -3, 3])
            #expect(stock.map(\.onHand) == [10, 7, 10])
        }
    }

    @Test func aReservationExpires() async throws {
        try await withShop { shop in
            let mug = try await shop.add("Mug", stock: 2).firstVariant
            let order = OrderID()
            try await shop.reserve(order, [(mug, 2)], for: .seconds(60))
            #expect(try await shop.releaseExpired() == 0)
            shop.time.advance(by: .seconds(60))
            #expect(try await shop.releaseExpired() == 1)
            #expect(try await shop.releaseExpired() == 0)
            #expect(try await shop.level(mug)?.reserved == 0)
        }
    }

    /// A caller whose deadline passed releases the order; its call to reserve may still arrive.
    @Test(arguments: [false, true]) func nothingIsReservedForAnOrderThatWasReleased(_ wasHeld: Bool) async throws {
        try await withShop { shop in
            let mug = try await shop.add("Mug", stock: 2).firstVariant
            let (order, other) = (OrderID(), OrderID())
            if wasHeld { try await shop.reserve(order, [(mug, 2)]) }
            for _ in 1...2 { try await shop.service.releaseReservation(for: order) }
            let late = await refusal { try await shop.reserve(order, [(mug, 2)]) }
            #expect(late?.code == "reservation_expired" && late?.kind == .conflict)
            #expect(try await shop.level(mug)?.reserved == 0)
            // So may the call to commit, when the customer cancelled the order first.
            let committed = await refusal { try await shop.service.commitReservation(for: order) }
            #expect(committed?.code == "reservation_expired")
            #expect(try await shop.level(mug)?.onHand == 2)
            try await shop.reserve(other, [(mug, 2)])
        }
    }

    @Test func aHeldReservationIsCommittedPastItsTime() async throws {
        try await withShop { shop in
            let mug = try await shop.add("Mug", stock: 2).firstVariant
            let order = OrderID()
            try await shop.reserve(order, [(mug, 2)], for: .seconds(60))
            shop.time.advance(by: .seconds(600))
            try await shop.service.commitReservation(for: order)
            #expect(try await shop.releaseExpired() == 0)
            #expect(try await shop.level(mug)?.onHand == 0)
            #expect(try await shop.ledger(mug) == 0)
        }
    }

    @Test func aLateCommitTakesTheStockAgainWhenItIsThere() async throws {
        try await withShop { shop in
            let mug = try await shop.add("Mug", stock: 2).firstVariant
            let (late, tooLate) = (OrderID(), OrderID())
            for order in [late, tooLate] {
                try await shop.reserve(order, [(mug, 2)], for: .seconds(60))
                shop.time.advance(by: .seconds(60))
                #expect(try await shop.releaseExpired() == 1)
            }
            try await shop.service.commitReservation(for: late)
            #expect(try await shop.level(mug)?.onHand == 0)
            let error = await refusal { try await shop.service.commitReservation(for: tooLate) }
            #expect(error?.code == "reservation_expired" && error?.kind == .conflict)
            #expect(try await shop.level(mug)?.onHand == 0)
            #expect(try await shop.ledger(mug) == 0)
        }
    }

    @Test func whatIsNotTrackedIsNeverShort() async throws {
        try await withShop { shop in
            let poster = try await shop.add("Poster", stock: nil).firstVariant
            let order = OrderID()
            try await shop.reserve(order, [(poster, 500)])
            try await shop.service.commitReservation(for: order)
            try await shop.service.restock(order: order)
            #expect(try await shop.level(poster)?.onHand == 0)
            #expect(try await shop.ledger(poster) == 0)
            #expect(try await shop.service.product("poster").variants.first?.inventoryQuantity == nil)
        }
    }

    @Test func unknownOrdersAreLeftAlone() async throws {
        try await withShop { shop in
            try await shop.service.releaseReservation(for: OrderID())
            try await shop.service.restock(order: OrderID())
            #expect(await refusal { try await shop.service.commitReservation(for: OrderID()) }?.kind == .notFound)
        }
    }
}

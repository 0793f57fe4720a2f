import AuthContract
import Commerce
import ProductContract
import ServiceKit
import TestSupport
import Testing

@Suite struct StockAdjustmentTests {
    @Test func setsAndChangesWithTheLedger() async throws {
        try await withShop { shop in
            let mug = try await shop.add("Mug", stock: 5).firstVariant
            try await asStaff {
                let service = shop.service
                let counted = StockAdjustment(variant: mug, change: .set(8), reason: "count")
                #expect(try await service.adjustStock(counted).value.onHand == 8)
                let broken = StockAdjustment(variant: mug, change: .by(-3), reason: "broken")
                #expect(try await service.adjustStock(broken).value.available == 5)
                let page = try await service.stockMovements(mug, page: PageRequest(cursor: nil, limit: 2))
                #expect(page.items.map(\.quantity) == [-3, 3])
                #expect(page.items.map(\.reason) == ["broken", "count"])
                let rest = try await service.stockMovements(mug, page: PageRequest(cursor: page.nextCursor, limit: 2))
                #expect(rest.items.map(\.quantity) == [5])
                #expect(rest.nextCursor == nil)
            }
            #expect(try await shop.ledger(mug) == 5)
        }
    }

    @Test func neverBelowWhatIsReserved() async throws {
        try await withShop { shop in
            let mug = try await shop.add("Mug", stock: 5).firstVariant
            try await shop.reserve(OrderID(), [(mug, 4)])
            for change in [StockAdjustment.Change.set(3), .by(-2), .by(-100), .by(.min), .set(-1)] {
                let error = await refusal {
                    try await asStaff {
                        _ = try await shop.service.adjustStock(
                            StockAdjustment(variant: mug, change: change, reason: ""))
                    }
                }
                #expect(error?.kind == .invalid)
            }
            #expect(try await shop.level(mug)?.onHand == 5)
        }
    }

    @Test func trackingCanEndAndBeginAgain() async throws {
        try await withShop { shop in
            let mug = try await shop.add("Mug", stock: 5).firstVariant
            let order = OrderID()
            try await shop.reserve(order, [(mug, 2)])
            try await asStaff {
                _ = try await shop.service.adjustStock(StockAdjustment(variant: mug, change: .untrack, reason: ""))
            }
            #expect(try await shop.service.product("mug").variants.first?.inventoryQuantity == nil)
            try await shop.reserve(OrderID(), [(mug, 50)])
            try await shop.service.commitReservation(for: order)
            try await asStaff {
                _ = try await shop.service.adjustStock(StockAdjustment(variant: mug, change: .set(9), reason: ""))
            }
            #expect(try await shop.service.product("mug").variants.first?.inventoryQuantity == 9)
            #expect(try await shop.ledger(mug) == 9)
        }
    }

    @Test func aRepeatedRequestAdjustsOnce() async throws {
        try await withShop { shop in
            let mug = try await shop.add("Mug", stock: 5).firstVariant
            let adjustment = StockAdjustment(variant: mug, change: .by(2), reason: "")
            let key = IdempotencyKey(caller: "cus_1", key: "k", requestHash: "a")
            let first = try await asStaff(key: key) { try await shop.service.adjustStock(adjustment) }
            let second = try await asStaff(key: key) { try await shop.service.adjustStock(adjustment) }
            #expect(first.value == second.value)
            #expect(!first.replayed && second.replayed)
            #expect(try await shop.level(mug)?.onHand == 7)
            let other = IdempotencyKey(caller: "cus_1", key: "k", requestHash: "b")
            let error = await refusal {
                _ = try await asStaff(key: other) { try await shop.service.adjustStock(adjustment) }
            }
            #expect(error?.code == "idempotency_key_reused")
        }
    }

    @Test func levelsComeInPages() async throws {
        try await withShop { shop in
            for title in ["A", "B", "C"] { try await shop.add(title) }
            try await asStaff {
                let first = try await shop.service.stockLevels(page: PageRequest(cursor: nil, limit: 2))
                let second = try await shop.service.stockLevels(page: PageRequest(cursor: first.nextCursor, limit: 2))
                #expect(first.items.count == 2 && second.items.count == 1 && second.nextCursor == nil)
                #expect(Set((first.items + second.items).map(\.variantID)).count == 3)
                #expect(
                    await refusal { _ = try await shop.service.stockLevels(page: PageRequest(cursor: "?", limit: 2)) }?
                        .code
                        == "invalid_cursor")
            }
        }
    }

    @Test func onlyStaffWithThePermission() async throws {
        try await withShop { shop in
            let mug = try await shop.add("Mug").firstVariant
            let adjustment = StockAdjustment(variant: mug, change: .set(100), reason: "")
            #expect(await refusal { _ = try await shop.service.adjustStock(adjustment) }?.kind == .unauthenticated)
            let clerk = Principal.staff(CustomerID(), permissions: [.productsWrite])
            await CallContext(principal: clerk).run {
                #expect(await refusal { _ = try await shop.service.adjustStock(adjustment) }?.kind == .forbidden)
                #expect(
                    await refusal { _ = try await shop.service.stockLevels(page: PageRequest(cursor: nil, limit: 1)) }?
                        .kind == .forbidden)
            }
        }
    }
}

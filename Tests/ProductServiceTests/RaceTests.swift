import Commerce
import EventContract
import EventLog
import ProductContract
import ServiceKit
import TestSupport
import Testing

/// What calls that come at once, to one process or to several on one database, must not do to each other.
@Suite struct RaceTests {
    @Test func theLedgerAgreesWithStockWhileStaffCountAndCustomersBuy() async throws {
        try await withShop { shop in
            let service = shop.service
            _ = try await asStaff { try await service.save(Self.counted(100)) }
            let variants = try await service.product("mug").variants.map(\.id)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for number in 0..<20 {
                    tasks.addTask { _ = try await asStaff { try await service.save(Self.counted(50 + number)) } }
                    tasks.addTask {
                        let found = StockAdjustment(variant: variants[number % 2], change: .by(1), reason: "found")
                        _ = try await asStaff { try await service.adjustStock(found) }
                    }
                    tasks.addTask {
                        let order = OrderID()
                        try await shop.reserve(order, [(variants[1], 1), (variants[0], 2)])
                        try await service.commitReservation(for: order)
                        if number.isMultiple(of: 2) { try await service.restock(order: order) }
                    }
                }
                try await tasks.waitForAll()
            }
            for variant in variants {
                let level = try #require(try await shop.level(variant))
                #expect(level.reserved == 0)
                #expect(try await shop.ledger(variant) == level.onHand)
            }
        }
    }

    /// Each change starts from what the one before it left, and their events are published in that order.
    @Test func pricesThatChangeAtOnceFollowFromEachOther() async throws {
        try await withShop { shop in
            let mug = try await shop.add("Mug", price: 1).firstVariant
            let service = shop.service
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for price in 2...20 {
                    tasks.addTask {
                        var change = ProductChange()
                        change.variants = [.init(id: mug, price: Money(Int64(price), .usd))]
                        _ = try await asStaff { [change] in try await service.update("mug", change) }
                    }
                }
                try await tasks.waitForAll()
            }
            let changes = try await shop.events().compactMap { try $0.payload(PriceChanged.self) }
            #expect(changes.count == 19 && changes.first?.before?.amount == 1)
            #expect(changes.dropFirst().map(\.before?.amount) == changes.dropLast().map(\.after?.amount))
        }
    }

    @Test func sameTitlesAtOnceGetHandlesOfTheirOwn() async throws {
        try await withShop { shop in
            let handles = try await Self.atOnce(12) { try await shop.add("Mug").handle }
            #expect(Set(handles).count == 12 && handles.contains("mug"))
        }
    }

    @Test(arguments: 1...5) func oneOfThoseThatChooseASKUAtOnceHasIt(_ round: Int) async throws {
        try await withShop { shop in
            let service = shop.service
            let bowl = try await shop.add("Bowl", sku: "BOWL")
            let errors = try await withThrowingTaskGroup(of: ServiceError?.self) { tasks in
                for number in 0..<6 {
                    tasks.addTask { await refusal { try await shop.add("Mug \(number)", sku: "MUG") } }
                    tasks.addTask {
                        var change = ProductChange()
                        change.variants = [.init(id: bowl.firstVariant, sku: number.isMultiple(of: 2) ? "MUG" : "BOWL")]
                        return await refusal { [change] in
                            _ = try await asStaff { try await service.update("bowl", change) }
                        }
                    }
                }
                return try await tasks.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(errors.compactMap(\.?.code)) == ["sku_taken"])
            var skus: [String] = []
            for product in try await service.products(ProductQuery()).items { skus += product.variants.map(\.sku) }
            #expect(skus.count { $0 == "MUG" } == 1)
        }
    }

    @Test(arguments: 1...5) func oneOfThoseThatTakeAHandleAtOnceHasIt(_ round: Int) async throws {
        try await withShop { shop in
            let service = shop.service
            let old = try await asStaff { try await service.create(.mug()).value }
            try await asStaff { try await service.archive("mug") }
            for title in ["Bowl", "Lamp"] { try await shop.add(title) }
            _ = try await withThrowingTaskGroup(of: ServiceError?.self) { tasks in
                for number in 0..<9 {
                    tasks.addTask {
                        await refusal {
                            try await asStaff {
                                var change = ProductChange()
                                switch number % 3 {
                                case 0:
                                    var draft = ProductDraft.simple("Mug")
                                    draft.handle = "mug"
                                    _ = try await service.create(draft)
                                case 1:
                                    change.handle = "mug"
                                    _ = try await service.update(number > 4 ? "bowl" : "lamp", change)
                                default:
                                    change.status = .published
                                    _ = try await service.update(old.id.rawValue, change)
                                }
                            }
                        }
                    }
                }
                return try await tasks.reduce(into: []) { $0.append($1) }
            }
            let handles = try await service.products(ProductQuery()).items.map(\.handle)
            #expect(handles.count { $0 == "mug" } == 1 && Set(handles).count == handles.count)
        }
    }

    @Test func aProductImportedTwiceAtOnceIsOne() async throws {
        try await withShop { shop in
            let results = try await Self.atOnce(12) { try await asStaff { try await shop.service.save(.mug()) } }
            #expect(results.filter { $0 == .created }.count == 1)
            #expect(results.filter { $0 == .unchanged }.count == 11)
        }
    }

    @Test func aRequestSentTwiceAtOnceIsOne() async throws {
        try await withShop { shop in
            let create = IdempotencyKey(caller: "cus_1", key: "create", requestHash: "a")
            let made = try await Self.atOnce(12) {
                try await asStaff(key: create) { try await shop.service.create(.simple("Mug", stock: 5)) }
            }
            #expect(Set(made.map(\.value.id)).count == 1 && made.filter(\.replayed).count == 11)
            let mug = try #require(made.first?.value.firstVariant)
            let adjust = IdempotencyKey(caller: "cus_1", key: "adjust", requestHash: "b")
            let adjusted = try await Self.atOnce(12) {
                let adjustment = StockAdjustment(variant: mug, change: .by(2), reason: "")
                return try await asStaff(key: adjust) { try await shop.service.adjustStock(adjustment) }
            }
            #expect(adjusted.filter(\.replayed).count == 11)
            #expect(try await shop.level(mug)?.onHand == 7)
        }
    }

    @Test func expiredReservationsAreReleasedOnceByManyProcesses() async throws {
        try await withShop { shop in
            let mug = try await shop.add("Mug", stock: 20).firstVariant
            for _ in 0..<10 { try await shop.reserve(OrderID(), [(mug, 1)], for: .seconds(1)) }
            let kept = OrderID()
            try await shop.reserve(kept, [(mug, 1)])
            shop.time.advance(by: .seconds(2))
            _ = try await Self.atOnce(6) { try await shop.releaseExpired() }
            #expect(try await shop.level(mug)?.reserved == 1)
        }
    }

    /// The results of calls that are made together.
    private static func atOnce<Value: Sendable>(
        _ count: Int, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: Value.self) { tasks in
            for _ in 0..<count { tasks.addTask { try await body() } }
            return try await tasks.reduce(into: []) { $0.append($1) }
        }
    }

    private static func counted(_ stock: Int) -> ProductDraft {
        var draft = ProductDraft.mug()
        for index in draft.variants.indices { draft.variants[index].inventoryQuantity = stock }
        return draft
    }
}

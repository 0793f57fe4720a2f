import Commerce
import EventContract
import OrderContract
import OrderService
import SQL
import ServiceKit
import TestSupport
import Testing

/// Every order is named in one checkpoint.
@Suite struct CheckpointTests {
    private let metrics = RecordedMetrics()

    private func checkpoints(_ shop: TestShop) async throws -> [OrdersCheckpoint] {
        try await shop.details(of: "OrdersCheckpoint").map { try OrdersCheckpoint(json: $0) }
    }

    @Test func newOrdersAreNamedOnceAndNothingElseIsPublished() async throws {
        try await withShop { shop in
            let service = shop.orders()
            try await service.publishCheckpoint()
            #expect(try await checkpoints(shop) == [])
            var orders: [String] = []
            for _ in 1...2 { orders.append(try await service.buy(try await shop.cart()).value.id.rawValue) }
            for _ in 1...2 { try await service.publishCheckpoint() }
            let first = OrdersCheckpoint(number: 1, orderIDs: orders.sorted())
            #expect(try await checkpoints(shop) == [first])
            let third = try await service.buy(try await shop.cart()).value.id.rawValue
            // Two processes at once.
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for _ in 1...2 { tasks.addTask { try await shop.orders().publishCheckpoint() } }
                try await tasks.waitForAll()
            }
            let second = OrdersCheckpoint(number: 2, orderIDs: [third])
            #expect(try await checkpoints(shop) == [first, second])
            // It follows the events of its orders.
            #expect(try await shop.events().last == "OrdersCheckpoint")
        }
    }

    @Test func anOrderWithoutAnEventIsNamedToo() async throws {
        try await withShop { shop in
            let service = shop.orders()
            let order = try await service.buy(try await shop.cart()).value.id.rawValue
            try await shop.ordersDatabase.write { tx in _ = try tx.execute("DELETE FROM outbox") }
            try await service.publishCheckpoint()
            #expect(try await checkpoints(shop) == [OrdersCheckpoint(number: 1, orderIDs: [order])])
        }
    }

    @Test func ordersThatNoCheckpointNamesAreFound() async throws {
        try await withShop { shop in
            let service = shop.orders(metrics: metrics.factory)
            let check = try #require(service.checks.first { $0.name == "order_without_event" })
            func violations() async throws -> String? {
                try await check.run()
                return metrics.violations("order_without_event", of: "order-service")
            }
            for _ in 1...2 { _ = try await service.buy(try await shop.cart()) }
            shop.time.advance(by: .seconds(599))
            #expect(try await violations() == "0")
            shop.time.advance(by: .seconds(2))
            #expect(try await violations() == "2")
            try await service.publishCheckpoint()
            #expect(try await violations() == "0")
        }
    }
}

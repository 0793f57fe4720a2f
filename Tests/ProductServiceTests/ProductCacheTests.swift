import Commerce
import Logging
import ProductContract
import SQL
import ServiceKit
import Synchronization
import TestSupport
import Testing

@testable import ProductService

/// A change drops from the caches what it touched, and nothing else.
@Suite struct ProductCacheTests {
    private final class Changes: Sendable {
        private let sets = Mutex<[Set<ProductID>]>([])
        func add(_ products: Set<ProductID>) { sets.withLock { $0.append(products) } }
        /// Those since the last call.
        func take() -> [Set<ProductID>] {
            sets.withLock { sets in
                defer { sets = [] }
                return sets
            }
        }
    }

    /// A shop with a mug and a bowl, both of which customers just looked at.
    private func withCachedProducts(
        _ body: (ProductService, _ mug: Product, _ bowl: Product, Changes) async throws -> Void
    ) async throws {
        try await withDatabase(ProductService.migrations) { database in
            try await withEventLog { log in
                let (time, changes) = (TestClock(), Changes())
                let service = ProductService(
                    database: database, log: log, clock: time.clock, logger: Logger(label: "test"), changed: changes.add
                )
                for title in ["Mug", "Bowl"] {
                    _ = try await asStaff { try await service.create(.simple(title, stock: 2)) }
                }
                let (mug, bowl) = (try await service.product("mug"), try await service.product("bowl"))
                _ = changes.take()
                try await body(service, mug, bowl, changes)
            }
        }
    }

    private func cached(_ handle: String, in service: ProductService) -> Product? {
        service.store.cache.product(handle, at: service.store.clock.now())
    }

    private func reserve(_ quantity: Int, of product: Product, for order: OrderID, in service: ProductService)
        async throws
    {
        try await service.reserve(
            StockReservation(
                order: order, lines: [.init(variant: product.firstVariant, quantity: quantity)],
                lifetime: .seconds(60)))
    }

    @Test func aFailedCheckoutDropsItsOwnProductsOnly() async throws {
        try await withCachedProducts { service, mug, bowl, changes in
            let order = OrderID()
            try await reserve(1, of: mug, for: order, in: service)
            #expect(changes.take() == [[mug.id]])
            #expect(cached("mug", in: service) == nil && cached("bowl", in: service) == bowl)
            #expect(try await service.product("mug").variants.first?.inventoryQuantity == 1)
            try await service.releaseReservation(for: order)
            #expect(changes.take() == [[mug.id]])
            #expect(cached("mug", in: service) == nil && cached("bowl", in: service) == bowl)
            #expect(try await service.product("mug").variants.first?.inventoryQuantity == 2)
        }
    }

    @Test func aCheckoutThatReservesNothingDropsNothing() async throws {
        try await withCachedProducts { service, mug, bowl, changes in
            let order = OrderID()
            #expect(
                await refusal { try await reserve(3, of: mug, for: order, in: service) }?.code == "out_of_stock")
            try await service.releaseReservation(for: order)
            try await service.releaseReservation(for: order)
            #expect(changes.take() == [])
            #expect(cached("mug", in: service) == mug && cached("bowl", in: service) == bowl)
        }
    }

    @Test func aProductReadBeforeItsChangeIsNotKeptAndOthersAre() async throws {
        try await withCachedProducts { _, mug, bowl, _ in
            let (cache, now) = (ProductCache(), Instant.now)
            let generation = cache.generation
            cache.drop([mug.id])
            for product in [mug, bowl] { cache.keep(product, readIn: generation, at: now) }
            #expect(cache.product("mug", at: now) == nil && cache.product("bowl", at: now) == bowl)
            cache.keep(mug, readIn: cache.generation, at: now)
            #expect(cache.product("mug", at: now) == mug)
        }
    }

    @Test func aCacheThatHasForgottenChangesKeepsNothingReadBeforeThem() async throws {
        try await withCachedProducts { _, mug, bowl, _ in
            let (cache, now) = (ProductCache(capacity: 2), Instant.now)
            let generation = cache.generation
            cache.drop([mug.id])
            for _ in 1...3 { cache.drop([ProductID()]) }
            for product in [mug, bowl] { cache.keep(product, readIn: generation, at: now) }
            #expect(cache.product("mug", at: now) == nil && cache.product("bowl", at: now) == nil)
            cache.keep(mug, readIn: cache.generation, at: now)
            #expect(cache.product("mug", at: now) == mug)
        }
    }
}

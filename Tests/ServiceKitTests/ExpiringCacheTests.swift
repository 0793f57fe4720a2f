import ServiceKit
import Testing

@Suite struct ExpiringCacheTests {
    @Test func `a value is fresh until its end, and can be looked at afterwards`() {
        let cache = ExpiringCache<String, Int, Int>(maximumCount: 10)
        cache.insert(1, for: "a", freshUntil: 5)
        #expect(cache.value(of: "a", at: 4) == 1)
        #expect(cache.value(of: "a", at: 5) == nil)
        #expect(cache.entry(of: "a")?.value == 1)
        #expect(cache.value(of: "b", at: 0) == nil)
    }

    @Test func `its size is bounded, and what is used stays`() {
        let cache = ExpiringCache<Int, Int, Int>(maximumCount: 10)
        for number in 0..<1_000 {
            cache.insert(number, for: number, freshUntil: .max)
            #expect(cache.value(of: 0, at: 0) == 0)
        }
        let kept = (0..<1_000).count { cache.value(of: $0, at: 0) != nil }
        #expect((2...10).contains(kept))
    }

    @Test func `its cost is bounded`() {
        let cache = ExpiringCache<Int, Int, Int>(maximumCount: 1_000, maximumCost: 100)
        for number in 0..<100 { cache.insert(number, for: number, cost: 20, freshUntil: .max) }
        #expect((1...5).contains((0..<100).count { cache.value(of: $0, at: 0) != nil }))
        cache.insert(1, for: 1_000, cost: 51, freshUntil: .max)
        #expect(cache.value(of: 1_000, at: 0) == nil)
        // The same key again costs once.
        let single = ExpiringCache<Int, Int, Int>(maximumCount: 10, maximumCost: 100)
        single.insert(0, for: 0, cost: 10, freshUntil: .max)
        for _ in 0..<50 { single.insert(1, for: 1, cost: 40, freshUntil: .max) }
        #expect(single.value(of: 0, at: 0) == 0)
    }

    @Test func `what was loaded before a removal is not kept`() {
        let cache = ExpiringCache<String, Int, Int>(maximumCount: 10)
        let revision = cache.revision
        cache.insert(1, for: "a", freshUntil: 9, loadedAt: revision)
        cache.insert(2, for: "b", freshUntil: 9, loadedAt: revision)
        cache.removeAll { key, _ in key == "a" }
        cache.insert(3, for: "a", freshUntil: 9, loadedAt: revision)
        #expect(cache.value(of: "a", at: 0) == nil)
        #expect(cache.value(of: "b", at: 0) == 2)
        cache.remove("b")
        #expect(cache.value(of: "b", at: 0) == nil)
        cache.insert(4, for: "a", freshUntil: 9, loadedAt: cache.revision)
        cache.removeAll()
        #expect(cache.value(of: "a", at: 0) == nil)
    }
}

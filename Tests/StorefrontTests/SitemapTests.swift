import ServiceKit
import Synchronization
import Testing

@testable import Storefront

@Suite struct SitemapTests {
    /// However many ask at once, and also when the first of them leaves: its deadline does not apply to the sitemap.
    @Test func itIsBuiltOnceForAllCallers() async throws {
        let made = Mutex(0)
        let (gate, opening) = AsyncStream.makeStream(of: Void.self)
        let sitemap = Sitemap {
            #expect(CallContext.current.deadline == nil)
            made.withLock { $0 += 1 }
            for await _ in gate { break }
            return "a map"
        }
        let first = Task {
            try await CallContext(deadline: .now + .seconds(60)).run { try await sitemap.text() }
        }
        while made.withLock({ $0 }) == 0 { await Task.yield() }
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        let texts = try await withThrowingTaskGroup(of: String.self) { tasks in
            for _ in 0..<50 { tasks.addTask { try await sitemap.text() } }
            opening.yield()
            return try await tasks.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(texts == ["a map"] && made.withLock { $0 } == 1)
    }

    @Test func aFailureIsReportedAndTheNextCallTriesAgain() async throws {
        let failures = Mutex(1)
        let sitemap = Sitemap {
            let fails = failures.withLock { count in
                count -= 1
                return count >= 0
            }
            if fails { throw ServiceError.unavailable("The catalogue") }
            return "a map"
        }
        await #expect(throws: ServiceError.unavailable("The catalogue")) { try await sitemap.text() }
        #expect(try await sitemap.text() == "a map")
    }
}

import HTML
import ServiceKit

/// The sitemap, made at most every ten minutes, and once however many ask for it: a big catalogue takes longer than any
/// request may. Meanwhile the previous one is served.
actor Sitemap {
    /// One file of the protocol holds 50 000 addresses; https://www.sitemaps.org/protocol.html
    static let limit = 50_000
    private let make: @Sendable () async throws -> String
    private var kept: (text: String, until: ContinuousClock.Instant)?
    private var isMaking = false
    private var waiting: [AsyncStream<Result<String, any Error>>.Continuation] = []

    init(make: @escaping @Sendable () async throws -> String) { self.make = make }

    /// Throws what `make` threw, `deadline_exceeded` when it takes longer than the caller has time, or
    /// `CancellationError`.
    func text() async throws -> String {
        if let kept, kept.until > .now { return kept.text }
        if !isMaking {
            isMaking = true
            // Outside the request, so that it goes on when the first caller has left.
            Task { await CallContext(principal: .anonymous).run { await renew() } }
        }
        if let kept { return kept.text }
        let (results, continuation) = AsyncStream.makeStream(of: Result<String, any Error>.self)
        waiting.append(continuation)
        return try await withDeadline(CallContext.current.deadline ?? .now + .seconds(10)) {
            for await result in results { return try result.get() }
            throw CancellationError()
        }
    }

    private func renew() async {
        let result: Result<String, any Error>
        do { result = .success(try await make()) } catch { result = .failure(error) }
        if let text = try? result.get() { kept = (text, .now + .seconds(600)) }
        isMaking = false
        for continuation in waiting { continuation.yield(result) }
        waiting = []
    }

    static func document(_ addresses: [String]) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
        \(addresses.map { "<url><loc>\(HTMLText.escaped($0))</loc></url>\n" }.joined())</urlset>

        """
    }
}

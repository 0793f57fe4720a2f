import HTTPTypes
import HummingbirdTesting
import NIOCore
import ServiceKit
import Synchronization
import Testing

@testable import Web

@Suite struct RateLimiterTests {
    private let start = ContinuousClock.now

    @Test func `a burst passes and then the steady rate`() throws {
        let limiter = RateLimiter(RateLimitSettings(general: .init(perSecond: 2, burst: 3)))
        for _ in 0..<3 { try limiter.admitHere("a", .general, at: start) }
        let refusal = #expect(throws: ServiceError.self) { try limiter.admitHere("a", .general, at: start) }
        #expect(refusal?.retryAfter == .milliseconds(500))
        try limiter.admitHere("b", .general, at: start)
        try limiter.admitHere("a", .search, at: start)
        try limiter.admitHere("a", .general, at: start.advanced(by: .milliseconds(500)))
        let early = start.advanced(by: .milliseconds(900))
        #expect(throws: ServiceError.self) { try limiter.admitHere("a", .general, at: early) }
        for _ in 0..<3 { try limiter.admitHere("a", .general, at: start.advanced(by: .seconds(10))) }
    }

    @Test func `newcomers share what is left when the table is full`() throws {
        let limiter = RateLimiter(RateLimitSettings(general: .init(perSecond: 1, burst: 2), clients: 2))
        for client in ["a", "b", "c", "d"] { try limiter.admitHere(client, .general, at: start) }
        #expect(throws: ServiceError.self) { try limiter.admitHere("e", .general, at: start) }
        try limiter.admitHere("a", .general, at: start)
        try limiter.admitHere("e", .general, at: start.advanced(by: .seconds(5)))
    }

    @Test func `switched off nothing is counted`() throws {
        let limiter = RateLimiter(.off)
        for _ in 0..<10_000 { try limiter.admitHere("a", .search, at: start) }
    }

    @Test func `the shared place gets keyed digests of networks`() async throws {
        func keys(_ digestKey: UInt8) async throws -> [String] {
            let seen = Mutex<[String]>([])
            let shared = RateLimiter.Shared(digestKey: Array(repeating: digestKey, count: 32)) { key, _, _ in
                seen.withLock { $0.append(key) }
                return nil
            }
            let limiter = RateLimiter(RateLimitSettings(), shared: shared)
            for network in ["192.0.2.1", "192.0.2.1", "198.51.100.1"] { try await limiter.admit(network, .search) }
            return seen.withLock { $0 }
        }
        let first = try await keys(1)
        #expect(first[0] == first[1] && first[1] != first[2])
        for key in first { #expect(key.hasPrefix("search:") && key.count == "search:".count + 32) }
        let second = try await keys(2)
        #expect(first.allSatisfy { !second.contains($0) })
    }

    @Test func `a class without an allowance has the general one of its own`() throws {
        let limiter = RateLimiter(RateLimitSettings(general: .init(perSecond: 1, burst: 2)))
        for rate in [RateClass.general, .search] {
            for _ in 0..<2 { try limiter.admitHere("a", rate, at: start) }
            #expect(throws: ServiceError.self) { try limiter.admitHere("a", rate, at: start) }
        }
    }

    @Test func `several at once count as several`() throws {
        let limiter = RateLimiter(RateLimitSettings(allowances: [.search: .init(perSecond: 1, burst: 10)]))
        try limiter.admitHere("a", .search, count: 8, at: start)
        let refusal = #expect(throws: ServiceError.self) { try limiter.admitHere("a", .search, count: 4, at: start) }
        #expect(refusal?.retryAfter == .seconds(2))
        try limiter.admitHere("a", .search, count: 2, at: start)
    }
}

extension RateClass {
    fileprivate static let search = RateClass(rawValue: "search")
}

@Suite struct ClientNetworkTests {
    @Test(arguments: [
        ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("2001:db8::1", "2001:db8:0:0::/64"),
        ("2001:db8:0:0:1::", "2001:db8:0:0::/64"), ("::1", "0:0:0:0::/64"),
    ])
    func `an IPv6 client is its network`(address: String, expected: String) throws {
        #expect(ClientNetwork.name(of: try SocketAddress(ipAddress: address, port: 1)) == expected)
    }

    @Test(arguments: [
        (0, "198.51.100.1", nil), (1, "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        (2, "203.0.113.9, 198.51.100.1", "203.0.113.9"), (2, "198.51.100.1", "198.51.100.1"),
        (1, " [2001:db8:1:2::9]:4711", "2001:db8:1:2::/64"), (1, "198.51.100.1:80", "198.51.100.1"),
        (1, "unknown", nil), (1, String(repeating: "9", count: 9_000), nil),
    ])
    func `what a trusted proxy names counts`(proxies: Int, header: String, expected: String?) async throws {
        try await withServer(trustedProxies: proxies) { router in
            router.get("/who") { _, _ in try jsonResponse([CallContext.current.clientNetwork]) }
        } test: { client in
            let name = try #require(HTTPField.Name("x-forwarded-for"))
            try await client.execute(uri: "/who", method: .get, headers: [name: header]) { response in
                #expect(String(buffer: response.body) == (expected.map { #"["\#($0)"]"# } ?? "[null]"))
            }
        }
    }
}

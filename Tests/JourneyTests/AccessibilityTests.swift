import Testing

/// Every kind of page in a real browser, wide and narrow: axe finds nothing serious, nothing is refused by the
/// Content-Security-Policy, and nothing is wider than the window.
@Suite(.serialized, .shape(.oneProcess)) struct AccessibilityTests {
    @Test(.enabled(if: Peer.mayRun, "\(Peer.hint)")) func everyKindOfPage() async throws {
        try await withShop { shop in
            let result = try Peer.run("accessibility.py", "http://127.0.0.1:\(shop.port)")
            #expect(result.status == 0, "\(result.output)")
        }
    }
}

import Testing

/// Every kind of page in a real browser, wide and narrow: axe finds nothing serious, nothing is refused by the
/// Content-Security-Policy, and nothing is wider than the window.
@Suite(.serialized, .shape(.oneProcess)) struct AccessibilityTests {
    /// Bright and dark, and axe finds nothing at all.
    @Test(.enabled(if: Peer.mayRun, "\(Peer.hint)")) func theOperationsPage() async throws {
        try await withShop { shop in
            let order = try await shop.checkout(
                cart: try await shop.filledCart(handle: "cedar-pencils", quantity: 1), key: "axe-1")
            #expect(order.status == 201, "\(order.text)")
            let result = try Peer.run("operations_page.py", "http://127.0.0.1:\(shop.operationsPort)/ops")
            #expect(result.status == 0, "\(result.output)")
        }
    }

    @Test(.enabled(if: Peer.mayRun, "\(Peer.hint)")) func everyKindOfPage() async throws {
        try await withShop { shop in
            let result = try Peer.run("accessibility.py", "http://127.0.0.1:\(shop.port)")
            #expect(result.status == 0, "\(result.output)")
        }
    }
}

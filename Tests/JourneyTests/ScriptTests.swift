import Testing

/// What the pages' script adds holds on a network that is slow or fails.
@Suite(.serialized) struct ScriptTests {
    @Test(.enabled(if: Peer.mayRun, "\(Peer.hint)")) func aChoiceIsNeverShownStale() async throws {
        try await withShop { shop in
            let result = try Peer.run("script.py", "http://127.0.0.1:\(shop.port)")
            #expect(result.status == 0, "\(result.output)")
        }
    }
}

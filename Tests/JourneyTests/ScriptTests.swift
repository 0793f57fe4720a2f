import Testing

/// The pages' script on a slow or failing network.
@Suite(.serialized, .shape(.oneProcess)) struct ScriptTests {
    @Test(.enabled(if: Peer.mayRun, "\(Peer.hint)")) func aChosenVariantIsNeverShownWithOldData() async throws {
        try await withShop { shop in
            let result = try Peer.run("script.py", "http://127.0.0.1:\(shop.port)")
            #expect(result.status == 0, "\(result.output)")
        }
    }
}

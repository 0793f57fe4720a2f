import Foundation
import Testing

/// The API as its own description says: every operation is called with what the document allows and what it does not.
@Suite(.serialized) struct DescriptionTests {
    /// Rejecting well-formed input is business: the fuzzer cannot know which coupon exists.
    private static let arguments = [
        "--phases", "examples,coverage,fuzzing", "--max-examples", "10", "--seed", "1", "--generation-deterministic",
        "--exclude-checks", "positive_data_acceptance", "--suppress-health-check", "all", "--continue-on-failure",
        "--request-timeout", "20", "--no-color",
    ]

    @Test(.enabled(if: Peer.mayRun, "\(Peer.hint)"))
    func everyOperationKeepsItsDescription() async throws {
        try await withShop { shop in
            let base = "http://127.0.0.1:\(shop.port)"
            let token = try await shop.administrator()
            let result = try Peer.runTool(
                "schemathesis",
                ["run", "\(base)/openapi.json", "--url", base, "-H", "Authorization: Bearer \(token)"] + Self.arguments)
            #expect(result.status == 0, "\(result.output.suffix(20_000))")
        }
    }
}

import Foundation
import Testing

/// Calls every operation of the API with input that its document allows and input that it forbids.
@Suite(.serialized, .shape(.oneProcess)) struct DescriptionTests {
    /// Well-formed input may be rejected: the fuzzer cannot know which coupon exists.
    private static let arguments = [
        "--phases", "examples,coverage,fuzzing", "--max-examples", "10", "--seed", "1", "--generation-deterministic",
        "--exclude-checks", "positive_data_acceptance", "--suppress-health-check", "all", "--continue-on-failure",
        "--request-timeout", "20", "--no-color",
    ]

    @Test(.enabled(if: Peer.mayRun, "\(Peer.hint)"))
    func everyOperationMatchesItsDescription() async throws {
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

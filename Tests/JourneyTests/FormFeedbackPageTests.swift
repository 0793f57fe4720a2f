import Testing

/// Feedback to a form is in view and focused, on a desktop and on a phone, with and without JavaScript.
@Suite(.serialized, .shape(.oneProcess)) struct FormFeedbackPageTests {
    @Test(.enabled(if: Peer.mayRun, "\(Peer.hint)")) func feedbackIsInView() async throws {
        try await withShop { shop in
            let result = try Peer.run("answers.py", "http://127.0.0.1:\(shop.port)")
            #expect(result.status == 0, "\(result.output)")
        }
    }
}

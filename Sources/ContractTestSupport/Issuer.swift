package import Commerce
package import Identity
package import ServiceKit

/// Who signs the tokens of a test, and the contexts of those who hold them.
package struct Issuer {
    private let signer: TokenSigner
    private let keySet: String

    package init() async throws {
        let key = SigningKey()
        signer = try await TokenSigner(issuer: "magpie", audience: "magpie", key: key)
        keySet = try JSONWebKeySet(keys: [key.publicKey]).json
    }

    package var verifier: TokenVerifier {
        let keySet = keySet
        return TokenVerifier(issuer: "magpie", audience: "magpie") { keySet }
    }

    /// A call of this principal, with the token that proves it where one is needed.
    ///
    /// - Parameter issued: When its token was made; it is good for ten minutes.
    package func context(
        _ principal: Principal, key: IdempotencyKey? = nil, for time: Duration? = nil, issued: Instant = .now
    ) async throws -> CallContext {
        var context = CallContext(
            principal: principal, deadline: time.map { .now.advanced(by: $0) }, idempotency: key)
        switch principal {
        case .customer(let id):
            context.accessToken = try await signer.token(for: id, at: issued, lifetime: .seconds(600))
        case .staff(let id, let permissions):
            context.accessToken = try await signer.token(
                for: id, permissions: permissions, at: issued, lifetime: .seconds(600))
        case .anonymous, .system: break
        }
        return context
    }
}

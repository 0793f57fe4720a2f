package import Commerce
import JWTKit
package import ServiceKit

/// Signs the access tokens that `TokenVerifier` accepts.
package struct TokenSigner: Sendable {
    package let kid: String
    private let issuer: String
    private let audience: String
    private let keys: JWTKeyCollection

    /// Throws when the key cannot be used.
    package init(issuer: String, audience: String, key: SigningKey) async throws {
        self.issuer = issuer
        self.audience = audience
        kid = key.kid
        keys = JWTKeyCollection()
        await keys.add(ecdsa: try ES256PrivateKey(backing: key.key), kid: JWKIdentifier(string: key.kid))
    }

    /// - Parameter permissions: Empty for customers; staff's go into the `permissions` claim.
    package func token(
        for subject: CustomerID, permissions: Set<Permission> = [], at now: Instant, lifetime: Duration
    ) async throws -> String {
        let issued = (Double(now.milliseconds) / 1_000).rounded(.down)
        let claims = AccessClaims(
            iss: issuer, aud: .init(audience), sub: subject.rawValue, exp: issued + Double(lifetime.components.seconds),
            nbf: issued, iat: issued, jti: Base64URL.encode(randomBytes(12)),
            permissions: permissions.isEmpty ? nil : permissions.map(\.rawValue).sorted())
        return try await keys.sign(claims, kid: JWKIdentifier(string: kid), header: ["typ": "JWT", "alg": "ES256"])
    }
}

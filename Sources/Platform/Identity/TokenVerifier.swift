package import Commerce
import Crypto
import FoundationEssentials
import JWTKit
package import ServiceKit

/// Verifies ES256 access tokens locally: signature, key, algorithm, issuer, audience, times and subject.
package final class TokenVerifier: Sendable {
    private let issuer: String
    private let audience: String
    private let clock: WallClock
    private let keys: KeySource
    /// By the tokens' digests, so that the signature of a frequent caller is verified once.
    private let verified = ExpiringCache<SHA256Digest, Principal, Instant>(maximumCount: 4_096)

    /// Bytes; a token of all permissions has under 700.
    static let maximumLength = 8_192
    /// Seconds by which the issuer's clock may be ahead of ours. Expiry has no leeway.
    static let leeway = 120.0

    /// - Parameter keys: Fetches the issuer's JWK set as JSON; for unknown keys at most every five seconds.
    package init(
        issuer: String, audience: String, clock: WallClock = .system,
        keys: @escaping @Sendable () async throws -> String
    ) {
        self.issuer = issuer
        self.audience = audience
        self.clock = clock
        self.keys = KeySource(clock: clock, fetch: keys) { [verified] in verified.removeAll() }
    }

    /// Fetches the issuer's keys again. When it is called periodically, no verification waits for keys; keys that the
    /// issuer has withdrawn, and tokens they signed, are refused from then on. Throws what the source throws; the last
    /// known keys stay in use.
    package func refreshKeys() async throws { try await keys.refresh() }

    /// The holder of this token. Throws `invalid_token` or `token_expired` (401); `unavailable` (503) only while the
    /// keys have never been fetched, because a 401 would make clients discard valid tokens.
    package func verify(_ token: String) async throws(ServiceError) -> Principal {
        guard token.utf8.count <= Self.maximumLength else { throw .invalidToken }
        let now = clock.now()
        let digest = SHA256.hash(data: Data(token.utf8))
        if let principal = verified.value(of: digest, at: now) { return principal }
        // Of before verifying: the key may be withdrawn meanwhile.
        let revision = verified.revision
        let claims = try await authenticClaims(of: token)
        let principal = try principal(of: claims, at: Double(now.milliseconds) / 1_000)
        let end = Instant(milliseconds: Int64(claims.exp * 1_000))
        verified.insert(principal, for: digest, freshUntil: end, loadedAt: revision)
        return principal
    }

    private func authenticClaims(of token: String) async throws(ServiceError) -> AccessClaims {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = Base64URL.decode(parts[0]),
            let header = try? JSON.decode(AccessHeader.self, from: bytes),
            header.alg == "ES256", header.crit == nil, header.b64 == nil, let kid = header.kid
        else { throw .invalidToken }
        let key: JWTKeyCollection?
        do { key = try await keys.key(kid) } catch { throw .unavailable("The key set of the token issuer") }
        guard let key, let claims = try? await key.verify(token, as: AccessClaims.self) else { throw .invalidToken }
        return claims
    }

    /// - Parameter now: Seconds since 1970.
    private func principal(of claims: AccessClaims, at now: Double) throws(ServiceError) -> Principal {
        guard claims.iss == issuer, claims.aud.names.contains(audience), let subject = CustomerID(claims.sub),
            claims.exp.isFinite, claims.exp < 1e11, claims.nbf ?? 0 <= now + Self.leeway
        else { throw .invalidToken }
        guard claims.exp > now else { throw .tokenExpired }
        guard let permissions = claims.permissions else { return .customer(subject) }
        return .staff(subject, permissions: Set(permissions.map(Permission.init(rawValue:))))
    }
}

extension ServiceError {
    static let invalidToken = ServiceError(ErrorCode.invalidToken, "The access token is not valid.")
    static let tokenExpired = ServiceError(ErrorCode.tokenExpired, "The access token has expired.")
}

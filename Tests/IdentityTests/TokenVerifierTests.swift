import AuthContract
import Commerce
import Crypto
import Foundation
import Identity
import ServiceKit
import Synchronization
import TestSupport
import Testing

@Suite struct TokenVerifierTests {
    let clock = TestClock(Instant(milliseconds: 1_800_000_000_000))
    let key = SigningKey()
    let customer = CustomerID()

    private func verifier(of keys: [SigningKey]? = nil) throws -> TokenVerifier {
        let json = try JSONWebKeySet(keys: (keys ?? [key]).map(\.publicKey)).json
        return TokenVerifier(issuer: "magpie", audience: "magpie", clock: clock.clock) { json }
    }

    private func token(
        by key: SigningKey, issuer: String = "magpie", audience: String = "magpie", permissions: Set<Permission> = [],
        at offset: Duration = .zero
    ) async throws -> String {
        try await TokenSigner(issuer: issuer, audience: audience, key: key).token(
            for: customer, permissions: permissions, at: clock.clock.now().advanced(by: offset), lifetime: .seconds(900)
        )
    }

    /// A token with these parts, signed with the right key.
    private func signed(header: String, payload: String) throws -> String {
        let input = "\(Base64URL.encode(header.utf8)).\(Base64URL.encode(payload.utf8))"
        let signature = try P256.Signing.PrivateKey(pemRepresentation: key.pem).signature(for: Data(input.utf8))
        return "\(input).\(Base64URL.encode(signature.rawRepresentation))"
    }

    private func claims(_ changes: String = "") -> String {
        #"{"iss":"magpie","aud":["other","magpie"],"sub":"\#(customer.rawValue)","exp":1800000900\#(changes)}"#
    }

    @Test func validTokensIdentifyTheirHolder() async throws {
        let verifier = try verifier()
        #expect(try await verifier.verify(token(by: key)) == .customer(customer))
        let staff = try await token(by: key, permissions: [.ordersRead])
        #expect(try await verifier.verify(staff) == .staff(customer, permissions: [.ordersRead]))
        let byHand = try signed(header: #"{"alg":"ES256","kid":"\#(key.kid)"}"#, payload: claims())
        #expect(try await verifier.verify(byHand) == .customer(customer))
    }

    @Test func forgedTokensAreRefused() async throws {
        let verifier = try verifier()
        let valid = try await token(by: key)
        let parts = valid.split(separator: ".").map(String.init)
        let other = try await token(by: SigningKey())
        let otherParts = other.split(separator: ".").map(String.init)
        let none = Base64URL.encode(#"{"alg":"none","kid":"\#(key.kid)"}"#.utf8)
        let hmac = Base64URL.encode(#"{"alg":"HS256","kid":"\#(key.kid)"}"#.utf8)
        let mac = HMAC<SHA256>.authenticationCode(
            for: Data("\(hmac).\(parts[1])".utf8), using: SymmetricKey(data: Data((key.publicKey.x ?? "").utf8)))
        let forged = [
            "", "a.b", "a.b.c", "....", valid + ".x", String(repeating: "a", count: 10_000),
            other,  // Signed with an unknown key.
            "\(parts[0]).\(otherParts[1]).\(otherParts[2])",  // … and the known key's kid on it.
            "\(parts[0]).\(parts[1]).", "\(parts[0]).\(parts[1]).\(otherParts[2])",
            "\(none).\(parts[1]).", "\(none).\(parts[1]).\(parts[2])",
            "\(hmac).\(parts[1]).\(Base64URL.encode(mac))",
            try signed(header: #"{"alg":"ES256"}"#, payload: claims()),
            try signed(header: #"{"alg":"ES256","kid":"made-up"}"#, payload: claims()),
            try signed(header: #"{"alg":"ES256","kid":"\#(key.kid)","crit":["exp"]}"#, payload: claims()),
        ]
        for token in forged { #expect(await code { try await verifier.verify(token) } == "invalid_token", "\(token)") }
    }

    @Test func wrongClaimsAreRefused() async throws {
        let verifier = try verifier()
        let header = #"{"alg":"ES256","kid":"\#(key.kid)"}"#
        let wrong = [
            try await token(by: key, issuer: "other"), try await token(by: key, audience: "other"),
            try await token(by: key, at: .seconds(121)),
            try signed(header: header, payload: #"{"iss":"magpie","aud":"magpie","sub":"admin","exp":1800000900}"#),
            try signed(header: header, payload: #"{"iss":"magpie","aud":"magpie","sub":"\#(customer)"}"#),
            try signed(header: header, payload: #"{"iss":"magpie","aud":[],"sub":"\#(customer)","exp":1800000900}"#),
            try signed(header: header, payload: #"{"iss":"magpie","aud":"magpie","sub":"\#(customer)","exp":1e300}"#),
        ]
        for token in wrong { #expect(await code { try await verifier.verify(token) } == "invalid_token", "\(token)") }
        #expect(try await verifier.verify(token(by: key, at: .seconds(120))) == .customer(customer))
    }

    @Test func tokensExpireOnTimeAlsoWhenCached() async throws {
        let (verifier, token) = (try verifier(), try await token(by: key))
        clock.advance(by: .milliseconds(899_999))
        #expect(try await verifier.verify(token) == .customer(customer))
        clock.advance(by: .milliseconds(1))
        #expect(await code { try await verifier.verify(token) } == "token_expired")
    }

    @Test func keysAreFetchedRarely() async throws {
        let fetches = Mutex(0)
        let keys = Mutex([key])
        let verifier = TokenVerifier(issuer: "magpie", audience: "magpie", clock: clock.clock) {
            fetches.withLock { $0 += 1 }
            return try JSONWebKeySet(keys: keys.withLock { $0 }.map(\.publicKey)).json
        }
        let next = SigningKey()
        for _ in 0..<3 { _ = try await verifier.verify(token(by: key)) }
        #expect(fetches.withLock { $0 } == 1)
        for _ in 0..<3 { #expect(await code { try await verifier.verify(token(by: next)) } == "invalid_token") }
        #expect(fetches.withLock { $0 } == 1)
        keys.withLock { $0.append(next) }
        clock.advance(by: .seconds(5))
        #expect(try await verifier.verify(token(by: next)) == .customer(customer))
        #expect(fetches.withLock { $0 } == 2)
        // A withdrawn key is accepted until the next refresh; then cached tokens of it are refused too.
        _ = keys.withLock { $0.removeFirst() }
        let (seen, other) = (try await token(by: key), try await token(by: next))
        for token in [seen, other] { #expect(try await verifier.verify(token) == .customer(customer)) }
        try await verifier.refreshKeys()
        #expect(fetches.withLock { $0 } == 3)
        #expect(await code { try await verifier.verify(seen) } == "invalid_token")
        #expect(await code { try await verifier.verify(token(by: key)) } == "invalid_token")
        #expect(try await verifier.verify(other) == .customer(customer))
    }

    @Test func knownKeysStayInUseWhileTheSourceIsUnavailable() async throws {
        let working = Mutex(false)
        let json = try JSONWebKeySet(keys: [key.publicKey]).json
        let verifier = TokenVerifier(issuer: "magpie", audience: "magpie", clock: clock.clock) {
            guard working.withLock({ $0 }) else { throw ServiceError.unavailable("auth-service") }
            return json
        }
        #expect(await code { try await verifier.verify(token(by: key)) } == "unavailable")
        working.withLock { $0 = true }
        #expect(try await verifier.verify(token(by: key)) == .customer(customer))
        working.withLock { $0 = false }
        await #expect(throws: ServiceError.self) { try await verifier.refreshKeys() }
        clock.advance(by: .seconds(3_600))
        #expect(try await verifier.verify(token(by: key)) == .customer(customer))
    }
}

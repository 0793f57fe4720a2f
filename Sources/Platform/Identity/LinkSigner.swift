package import Commerce
import Crypto
import FoundationEssentials

/// Signs links that give their holder access to one resource until they expire: HMAC-SHA256 under a key that the writer
/// and the verifier of links share. Nothing is stored; the same subject and expiry give the same token.
package struct LinkSigner: Sendable {
    private let key: SymmetricKey

    /// - Parameter secret: At least 32 random bytes, for one kind of link.
    package init(secret: [UInt8]) { key = SymmetricKey(data: secret) }

    /// `<seconds since 1970>.<signature in base64url>`
    package func token(for subject: String, until end: Instant) -> String {
        let seconds = "\(end.milliseconds / 1_000)"
        let code = HMAC<SHA256>.authenticationCode(for: Self.signed(subject, seconds), using: key)
        return "\(seconds).\(Base64URL.encode(code))"
    }

    /// Compares in constant time.
    package func accepts(_ token: String, for subject: String, at now: Instant) -> Bool {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let end = Int64(parts[0]), let code = Base64URL.decode(parts[1]),
            HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Self.signed(subject, parts[0]), using: key)
        else { return false }
        return end > now.milliseconds / 1_000
    }

    private static func signed(_ subject: String, _ seconds: some StringProtocol) -> Data {
        Data("\(seconds)\n\(subject)".utf8)
    }
}

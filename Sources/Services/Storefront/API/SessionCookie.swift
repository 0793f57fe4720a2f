import Crypto
import Foundation
import Identity
import ServiceKit

/// Writes and reads the one cookie: the session as JSON, signed with HMAC-SHA256.
struct SessionCookie: Sendable {
    /// 30 days, in seconds.
    static let maximumAge = 2_592_000
    /// Browsers keep cookies of up to 4096 bytes.
    static let maximumSize = 4_000

    private let key: SymmetricKey
    private let name: String
    private let attributes: String

    /// - Parameter secure: With it browsers take the cookie from this host by HTTPS only, never from a subdomain.
    init(secret: [UInt8], secure: Bool) {
        key = SymmetricKey(data: secret)
        name = secure ? "__Host-magpie_session" : "magpie_session"
        attributes = "; Path=/; Max-Age=\(Self.maximumAge); HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "")
    }

    /// The cookie's value: payload, dot, signature, both base64url.
    func value(of session: Session) throws -> String {
        let payload = Base64URL.encode(try JSON.encode(session))
        return payload + "." + sign("session", payload)
    }

    /// The session in a value; nil when it is malformed or was not signed by us.
    func session(in value: String) -> Session? {
        let parts = value.split(separator: ".", omittingEmptySubsequences: false)
        guard value.utf8.count <= Self.maximumSize, parts.count == 2,
            isSignature(parts[1], of: "session", String(parts[0])), let bytes = Base64URL.decode(parts[0])
        else { return nil }
        return try? JSON.decode(Session.self, from: bytes)
    }

    /// The session in a `Cookie` header.
    func session(inHeader header: String) -> Session? {
        for pair in header.split(separator: ";") {
            let pair = pair.drop { $0 == " " }
            if pair.hasPrefix(name + "="), let found = session(in: String(pair.dropFirst(name.count + 1))) {
                return found
            }
        }
        return nil
    }

    /// A `Set-Cookie` header.
    func header(for session: Session) throws -> String {
        var session = session
        var text = try value(of: session)
        if text.utf8.count > Self.maximumSize {
            session.guestOrders = session.guestOrders.map { $0.suffix(1) }
            session.flash = nil
            text = try value(of: session)
        }
        return "\(name)=\(text)\(attributes)"
    }

    /// The token that forms of this session carry.
    func formToken(for session: Session) -> String { sign("csrf", session.seed) }

    /// Compares in constant time.
    func isFormToken(_ text: String, of session: Session) -> Bool { isSignature(text[...], of: "csrf", session.seed) }

    private func sign(_ purpose: String, _ text: String) -> String {
        Base64URL.encode(HMAC<SHA256>.authenticationCode(for: Data("\(purpose):\(text)".utf8), using: key))
    }

    private func isSignature(_ signature: Substring, of purpose: String, _ text: String) -> Bool {
        guard let code = Base64URL.decode(signature) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Data("\(purpose):\(text)".utf8), using: key)
    }
}

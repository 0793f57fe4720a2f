import Crypto
import FoundationEssentials
import JWTKit
import ServiceKit

/// The public half of a P-256 signing key: RFC 7517 and RFC 7518, section 6.2.
package struct JSONWebKey: Hashable, Sendable, Codable {
    package var kty = "EC"
    package var crv: String?
    package var x: String?
    package var y: String?
    package var use: String?
    package var alg: String?
    package var kid: String?

    init(_ key: P256.Signing.PublicKey) {
        // x963: 0x04, 32 bytes x, 32 bytes y.
        let bytes = Array(key.x963Representation)
        let (x, y) = (Base64URL.encode(bytes[1...32]), Base64URL.encode(bytes[33...64]))
        (crv, self.x, self.y, use, alg) = ("P-256", x, y, "sig", "ES256")
        // RFC 7638: the required members in lexical order, without blanks.
        let canonical = #"{"crv":"P-256","kty":"EC","x":"\#(x)","y":"\#(y)"}"#
        kid = Base64URL.encode(SHA256.hash(data: Data(canonical.utf8)))
    }

    /// The key for ES256 signatures, or nil when it is a key for something else.
    var verifying: ES256PublicKey? {
        guard kty == "EC", crv == "P-256", use ?? "sig" == "sig", alg ?? "ES256" == "ES256", let x, let y else {
            return nil
        }
        return try? ES256PublicKey(parameters: (x, y))
    }
}

package struct JSONWebKeySet: Sendable, Codable {
    package var keys: [JSONWebKey]

    package init(keys: [JSONWebKey]) { self.keys = keys }

    package var json: String {
        get throws { try JSON.text(self) }
    }

    package init(json: String) throws { self = try JSON.decode(from: json) }
}

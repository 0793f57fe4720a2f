import JWTKit

/// The claims of an access token (RFC 7519, and `permissions` for staff). Times are seconds since 1970.
struct AccessClaims: JWTPayload {
    var iss: String
    var aud: Audience
    var sub: String
    var exp: Double
    var nbf: Double?
    var iat: Double?
    var jti: String?
    var permissions: [String]?

    /// The claims are checked by `TokenVerifier`, which has the clock and the expected values.
    func verify(using algorithm: some JWTAlgorithm) {}

    /// One name or a list of them.
    struct Audience: Codable, Sendable {
        var names: [String]

        init(_ name: String) { names = [name] }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let name = try? container.decode(String.self) {
                names = [name]
            } else {
                names = try container.decode([String].self)
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            if names.count == 1 { try container.encode(names[0]) } else { try container.encode(names) }
        }
    }
}

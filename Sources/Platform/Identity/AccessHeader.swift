/// The part of a token's header that decides how it is verified.
struct AccessHeader: Decodable {
    var alg: String
    var kid: String?
    /// Extensions a verifier must understand (RFC 7515, section 4.1.11). Magpie understands none.
    var crit: [String]?
    /// RFC 7797, which Magpie does not use either.
    var b64: Bool?
}

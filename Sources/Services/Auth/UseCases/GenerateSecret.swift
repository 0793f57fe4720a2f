import Identity

/// Makes a secret of random bytes, in base64url.
enum GenerateSecret {
    static func run(bytes: Int) -> String {
        Base64URL.encode((0..<bytes).map { _ in UInt8.random(in: .min ... .max) })
    }
}

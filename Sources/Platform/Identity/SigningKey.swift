import Crypto

/// A P-256 key that signs access tokens, named by the thumbprint of its public half (RFC 7638).
package struct SigningKey: Sendable {
    let key: P256.Signing.PrivateKey
    package let publicKey: JSONWebKey
    package let kid: String

    /// A new random key.
    package init() { self.init(P256.Signing.PrivateKey()) }

    /// Throws when the text is not a P-256 private key in PEM.
    package init(pem: String) throws { self.init(try P256.Signing.PrivateKey(pemRepresentation: pem)) }

    private init(_ key: P256.Signing.PrivateKey) {
        self.key = key
        publicKey = JSONWebKey(key.publicKey)
        kid = publicKey.kid ?? ""
    }

    /// Secret: only for the service's own storage.
    package var pem: String { key.pemRepresentation }
}

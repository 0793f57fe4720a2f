/// The caller's key for one effect, and a digest of the request it belongs to.
package struct IdempotencyKey: Hashable, Sendable {
    /// The owner of the key: two callers may use the same key for different requests.
    package var caller: String
    package var key: String
    /// SHA-256 of method, path and body, in hex.
    package var requestHash: String

    package init(caller: String, key: String, requestHash: String) {
        self.caller = caller
        self.key = key
        self.requestHash = requestHash
    }
}

/// An entry that did not exist before.
package struct NewEntry: Hashable, Sendable {
    package var key: String
    package var bytes: [UInt8]
    package var lifetime: Duration

    package init(key: String, bytes: [UInt8], lifetime: Duration) {
        self.key = key
        self.bytes = bytes
        self.lifetime = lifetime
    }
}

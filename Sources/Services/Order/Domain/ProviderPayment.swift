package import Commerce

/// A payment in the list of its provider.
package struct ProviderPayment: Hashable, Sendable {
    /// A place in the list, which is sorted by time and then by key.
    package struct Position: Hashable, Sendable {
        package var createdAt: Instant
        package var key: String

        package init(createdAt: Instant, key: String) {
            self.createdAt = createdAt
            self.key = key
        }
    }

    package var position: Position
    package var payment: Payment

    package init(position: Position, payment: Payment) {
        self.position = position
        self.payment = payment
    }

    package var key: String { position.key }
}

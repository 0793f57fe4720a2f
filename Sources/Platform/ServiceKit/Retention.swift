/// How long data is kept that only repeated requests need.
package enum Retention {
    /// Of idempotency keys and whatever belongs to one: twice the 24 hours that the contract promises.
    package static let idempotencyKeys = Duration.seconds(48 * 3_600)
}

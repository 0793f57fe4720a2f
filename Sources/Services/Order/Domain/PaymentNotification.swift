/// What a genuine notification of a provider is about.
package enum PaymentNotification: Hashable, Sendable {
    /// The payment with this key may have changed. How, the provider is asked.
    case changed(key: String)
    /// Nothing that an order waits for.
    case irrelevant
}

package enum PaymentNotificationError: Error, Hashable, Sendable {
    /// This provider sends none.
    case notTaken
    /// The signature is missing, wrong or too old, or the body cannot be read.
    case invalid
}

package import Commerce
package import OrderContract

/// A payment provider. Every call is idempotent by key: a repeated call returns what the first one did.
///
/// `PaymentError.refused` is final. After any other error, or no response, the outcome is unknown until `status`
/// returns.
package protocol PaymentProvider: Sendable {
    /// The provider's name in a `PaymentInstruction`: `test`.
    var name: String { get }
    /// The payment method that checkout offers. Nil when the provider authorises no new payments and only finishes
    /// earlier ones.
    var method: PaymentMethod? { get }
    /// Reserves the amount. A decline is a result, not an error.
    func authorise(_ request: AuthorisationRequest) async throws -> Payment
    /// Captures the whole authorised amount. Refused when the payment was voided or declined.
    func capture(_ key: String) async throws -> Payment
    /// Releases the authorised amount; refused once captured. An authorisation that arrives later under this key must
    /// not succeed, so an unknown key is stored as voided.
    func void(_ key: String) async throws -> Payment
    /// Refunds captured money, once for each `refundKey`.
    func refund(_ key: String, amount: Money, refundKey: String) async throws -> Payment
    /// The current state of the payment with this key; nil when the provider does not know the key.
    func status(of key: String) async throws -> Payment?
    /// Payments of any state in the order in which the provider recorded them, for the comparison with orders.
    ///
    /// - Parameters:
    ///   - position: The last one that is known; those after it are returned.
    ///   - time: Payments that were recorded later are left out.
    func payments(
        after position: ProviderPayment.Position, until time: Instant, limit: Int
    ) async throws -> [ProviderPayment]
    /// Deletes refused payments from before this time, when the provider keeps its records in a database of ours.
    func deleteRefusals(before time: Instant) async throws
    /// Verifies a notification that reached this provider's webhook: its signature, and that it is recent. Anyone may
    /// have sent it, so that only a genuine one may name a payment. Throws `PaymentNotificationError`.
    ///
    /// - Parameters:
    ///   - headers: By name in lower case.
    ///   - body: As it arrived, since signatures are over bytes.
    func notification(headers: [String: String], body: [UInt8]) async throws -> PaymentNotification
}

extension PaymentProvider {
    /// This provider sends none.
    package func notification(headers: [String: String], body: [UInt8]) async throws -> PaymentNotification {
        throw PaymentNotificationError.notTaken
    }
}

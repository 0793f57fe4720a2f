import Commerce
import OfferContract
import OrderContract
import OrderService

/// The test provider with interruptions before and after each call: `authorise`, `capture`, `void`, `refund`, `status`.
struct InterruptedProvider: PaymentProvider {
    typealias Interruption = @Sendable (_ call: String) async throws -> Void

    let name = "test"
    var method: PaymentMethod? { provider.method }
    let provider: TestPaymentProvider
    let before: Interruption
    let after: Interruption

    func authorise(_ request: AuthorisationRequest) async throws -> Payment {
        try await around("authorise") { try await provider.authorise(request) }
    }
    func capture(_ key: String) async throws -> Payment {
        try await around("capture") { try await provider.capture(key) }
    }
    func void(_ key: String) async throws -> Payment { try await around("void") { try await provider.void(key) } }
    func refund(_ key: String, amount: Money, refundKey: String) async throws -> Payment {
        try await around("refund") { try await provider.refund(key, amount: amount, refundKey: refundKey) }
    }
    func status(of key: String) async throws -> Payment? {
        try await around("status") { try await provider.status(of: key) }
    }

    func payments(
        after position: ProviderPayment.Position, until time: Instant, limit: Int
    ) async throws -> [ProviderPayment] {
        try await around("payments") { try await provider.payments(after: position, until: time, limit: limit) }
    }

    func deleteRefusals(before time: Instant) async throws { try await provider.deleteRefusals(before: time) }

    /// A notification is genuine with this signature, and its body is the key of the payment.
    static let signature = "genuine"

    func notification(headers: [String: String], body: [UInt8]) async throws -> PaymentNotification {
        guard let signature = headers["x-signature"] else {
            return try await provider.notification(headers: headers, body: body)
        }
        guard signature == Self.signature else { throw PaymentNotificationError.invalid }
        return .changed(key: String(decoding: body, as: UTF8.self))
    }

    private func around<Value>(_ call: String, _ work: () async throws -> Value) async throws -> Value {
        try await before(call)
        let value = try await work()
        try await after(call)
        return value
    }
}

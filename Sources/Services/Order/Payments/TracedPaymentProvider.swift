import Commerce
import OrderContract
import ServiceKit

/// A payment provider whose calls are spans.
struct TracedPaymentProvider: PaymentProvider {
    let provider: any PaymentProvider

    init(_ provider: any PaymentProvider) { self.provider = provider }

    var name: String { provider.name }
    var method: PaymentMethod? { provider.method }

    func authorise(_ request: AuthorisationRequest) async throws -> Payment {
        try await span("authorise") { try await provider.authorise(request) }
    }

    func capture(_ key: String) async throws -> Payment {
        try await span("capture") { try await provider.capture(key) }
    }

    func void(_ key: String) async throws -> Payment { try await span("void") { try await provider.void(key) } }

    func refund(_ key: String, amount: Money, refundKey: String) async throws -> Payment {
        try await span("refund") { try await provider.refund(key, amount: amount, refundKey: refundKey) }
    }

    func status(of key: String) async throws -> Payment? {
        try await span("status") { try await provider.status(of: key) }
    }

    func payments(
        after position: ProviderPayment.Position, until time: Instant, limit: Int
    ) async throws -> [ProviderPayment] {
        try await span("list") { try await provider.payments(after: position, until: time, limit: limit) }
    }

    func deleteRefusals(before time: Instant) async throws { try await provider.deleteRefusals(before: time) }

    func notification(headers: [String: String], body: [UInt8]) async throws -> PaymentNotification {
        try await provider.notification(headers: headers, body: body)
    }

    private func span<Value>(_ operation: String, _ body: () async throws -> Value) async throws -> Value {
        try await CallContext.span(
            .client, "payment \(operation)",
            ["magpie.payment.provider": .text(name), "magpie.payment.operation": .text(operation)]
        ) { _ in try await body() }
    }
}

import Commerce
import OfferContract
import OrderContract
import OrderService
import Synchronization

/// The test acquirer, interrupted before or after it does what it is asked: `authorise`, `capture`, `void`, `refund`,
/// `status`.
struct InterruptedProvider: PaymentProvider {
    typealias Interruption = @Sendable (_ call: String) async throws -> Void

    let name = "test"
    var method: PaymentMethod? { acquirer.method }
    let acquirer: TestPaymentProvider
    let before: Interruption
    let after: Interruption

    func authorise(_ request: AuthorisationRequest) async throws -> Payment {
        try await around("authorise") { try await acquirer.authorise(request) }
    }
    func capture(_ key: String) async throws -> Payment {
        try await around("capture") { try await acquirer.capture(key) }
    }
    func void(_ key: String) async throws -> Payment { try await around("void") { try await acquirer.void(key) } }
    func refund(_ key: String, amount: Money, refundKey: String) async throws -> Payment {
        try await around("refund") { try await acquirer.refund(key, amount: amount, refundKey: refundKey) }
    }
    func status(of key: String) async throws -> Payment? {
        try await around("status") { try await acquirer.status(of: key) }
    }

    func deleteRefusals(before time: Instant) async throws { try await acquirer.deleteRefusals(before: time) }

    private func around<Value>(_ call: String, _ work: () async throws -> Value) async throws -> Value {
        try await before(call)
        let value = try await work()
        try await after(call)
        return value
    }
}

/// Offers after whose pricing something else happens.
struct InterruptedOffers: Offers {
    let offers: any Offers
    let afterPricing: @Sendable () async throws -> Void

    func price(_ request: PricingRequest) async throws -> PricedCart {
        let priced = try await offers.price(request)
        try await afterPricing()
        return priced
    }
    func shippingOptions(_ request: PricingRequest) async throws -> [ShippingOption] {
        try await offers.shippingOptions(request)
    }
    func rules() async throws -> String { try await offers.rules() }
    func replaceRules(_ json: String) async throws { try await offers.replaceRules(json) }
}

/// What happened in closures, in order.
final class Recorder<Value: Sendable>: Sendable {
    private let noted = Mutex<[Value]>([])
    var values: [Value] { noted.withLock { $0 } }
    func note(_ value: Value) { noted.withLock { $0.append(value) } }
}

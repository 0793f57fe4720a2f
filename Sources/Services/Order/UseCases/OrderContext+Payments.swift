import Commerce
import Logging
import OfferContract
import OrderContract
import ServiceKit

extension OrderContext {
    /// The payment methods that checkout offers, sorted by provider.
    var paymentMethods: [PaymentMethod] { providers.values.compactMap(\.method).sorted { $0.provider < $1.provider } }

    /// Requires that a new payment may begin at this provider. Throws 409 `no_payment_method` or 422
    /// `unknown_provider`.
    func requireOffered(_ provider: String) throws(ServiceError) {
        if providers[provider]?.method != nil { return }
        throw paymentMethods.isEmpty ? .noPaymentMethod : .unknownProvider
    }

    /// Throws `unavailable` for a provider that is no longer configured.
    func provider(_ name: String) throws -> any PaymentProvider {
        guard let provider = providers[name] else { throw Self.providerUnavailable }
        return provider
    }

    /// Calls a provider. Only a refusal is a known outcome. Any other error becomes `unavailable`, whatever it says.
    /// - Parameter operation: Counted when its outcome is unknown. The caller counts a known one where it is recorded.
    func pay<Value: Sendable>(
        _ operation: PaymentOperation? = nil, at provider: any PaymentProvider,
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        do {
            return try await remote(settings.providerDeadline, .system("order-service"), body)
        } catch let refusal as PaymentError {
            throw refusal
        } catch let error as PaymentNotificationError {
            throw error
        } catch let cancellation as CancellationError {
            throw cancellation
        } catch {
            if let operation { counters.count(operation, .unknown, at: provider.name) }
            logger.warning("A payment provider is unavailable", metadata: ["error": "\(error)"])
            throw Self.providerUnavailable
        }
    }

    /// Voids a payment that is only authorised. A key that the provider does not know is voided too, because its
    /// authorisation may still be in transit.
    /// - Returns: The payment's state afterwards, `captured` after a concurrent capture.
    func void(_ order: OrderID, at provider: any PaymentProvider) async throws -> Payment {
        let key = order.rawValue
        let known = try await pay(at: provider) { try await provider.status(of: key) }
        if let known, known.state != .authorised { return known }
        do {
            let voided = try await pay(.void, at: provider) { try await provider.void(key) }
            // A payment that was refused meanwhile needs no void.
            if voided.state == .voided { counters.count(.void, .succeeded, at: provider.name) }
            return voided
        } catch is PaymentError {
            counters.count(.void, .failed, at: provider.name)
            let found = try await pay(at: provider) { try await provider.status(of: key) }
            guard let found, found.state != .authorised else { throw Self.providerUnavailable }
            return found
        }
    }

    private static let providerUnavailable = ServiceError.unavailable("The payment provider")
}

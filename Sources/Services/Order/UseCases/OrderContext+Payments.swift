import Commerce
import Logging
import OfferContract
import OrderContract
import ServiceKit

extension Workshop {
    /// What checkout offers.
    var paymentMethods: [PaymentMethod] { providers.values.compactMap(\.method).sorted { $0.provider < $1.provider } }

    /// Whether a new payment may begin at this provider. Throws 409 `no_payment_method` or 422 `unknown_provider`.
    func requireOffered(_ provider: String) throws(ServiceError) {
        if providers[provider]?.method != nil { return }
        throw paymentMethods.isEmpty ? .noPaymentMethod : .unknownProvider
    }

    /// Throws `unavailable` for a provider that is no longer configured: nothing can be asked of it.
    func provider(_ name: String) throws -> any PaymentProvider {
        guard let provider = providers[name] else { throw Self.silence }
        return provider
    }

    /// Asks a provider. Only a refusal is an answer; after any other error nobody knows, whatever its words are.
    func pay<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        do {
            return try await remote(settings.providerDeadline, .system("order-service"), body)
        } catch let refusal as PaymentError {
            throw refusal
        } catch let cancellation as CancellationError {
            throw cancellation
        } catch {
            logger.warning("A payment provider does not answer", metadata: ["error": "\(error)"])
            throw Self.silence
        }
    }

    /// Voids what is only authorised and answers what the payment is then: a capture may have been quicker. Even a key
    /// the provider has never heard of is voided, because the authorisation may still be on its way.
    func letGo(of order: OrderID, at provider: any PaymentProvider) async throws -> Payment {
        let key = order.rawValue
        let known = try await pay { try await provider.status(of: key) }
        if let known, known.state != .authorised { return known }
        do {
            return try await pay { try await provider.void(key) }
        } catch is PaymentError {
            let found = try await pay { try await provider.status(of: key) }
            guard let found, found.state != .authorised else { throw Self.silence }
            return found
        }
    }

    private static let silence = ServiceError.unavailable("The payment provider")
}

import Commerce
import ProductContract
import ServiceKit
import Synchronization

/// Chooses the currency of a new cart: the requested one, or the shop's, which is cached for a few seconds.
final class ChooseCurrency: Sendable {
    private static let cacheLifetime = Duration.seconds(10)
    /// Between two requests to an unavailable catalogue.
    private static let retryInterval = Duration.seconds(1)
    /// For a shop that has neither products nor a setting.
    private static let fallback = Currency.usd

    private let products: any Products
    private let cached = Mutex<(currency: Currency, readAt: Instant)?>(nil)

    init(products: any Products) { self.products = products }

    /// - Parameter requested: An ISO 4217 code; throws 422 `unknown_currency` for anything else.
    func run(_ requested: String?, at now: Instant) async throws -> Currency {
        guard let requested else { return try await shopCurrency(at: now) }
        guard let currency = Currency(requested) else {
            throw ServiceError.invalid(
                "currency", code: FieldCode.unknownCurrency, "must be an ISO 4217 code, such as USD")
        }
        return currency
    }

    /// While the catalogue is unavailable the last known currency is used; throws `ServiceError` when there is none.
    private func shopCurrency(at now: Instant) async throws -> Currency {
        let last = cached.withLock { $0 }
        if let last, now < last.readAt.advanced(by: Self.cacheLifetime) { return last.currency }
        do {
            guard let currency = try await products.shopCurrency() else { return Self.fallback }
            cached.withLock { $0 = (currency, now) }
            return currency
        } catch {
            guard let last else { throw error }
            // Callers within the retry interval do not wait for the catalogue.
            cached.withLock { $0 = (last.currency, now.advanced(by: Self.retryInterval - Self.cacheLifetime)) }
            return last.currency
        }
    }
}

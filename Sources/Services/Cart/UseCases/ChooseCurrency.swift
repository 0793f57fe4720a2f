import Commerce
import ProductContract
import Synchronization

/// What new carts are made in, remembered for a few seconds.
final class DefaultCurrency: Sendable {
    private static let lifetime = Duration.seconds(10)
    /// Between two questions to a catalogue that does not answer.
    private static let pause = Duration.seconds(1)
    /// Of a shop that has neither products nor a setting.
    private static let ofAnEmptyShop = Currency.usd

    private let products: any Products
    private let known = Mutex<(currency: Currency, seen: Instant)?>(nil)

    init(products: any Products) { self.products = products }

    /// The last answer stands when the catalogue gives none; throws `ServiceError` when there never was one.
    func current(at now: Instant) async throws -> Currency {
        let last = known.withLock { $0 }
        if let last, now < last.seen.advanced(by: Self.lifetime) { return last.currency }
        do {
            guard let currency = try await products.shopCurrency() else { return Self.ofAnEmptyShop }
            known.withLock { $0 = (currency, now) }
            return currency
        } catch {
            guard let last else { throw error }
            // The next ones do not wait for an answer each.
            known.withLock { $0 = (last.currency, now.advanced(by: Self.pause - Self.lifetime)) }
            return last.currency
        }
    }
}

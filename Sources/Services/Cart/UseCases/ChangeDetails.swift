import CartContract
import Commerce
import OfferContract
import ServiceKit

/// Sets or clears the email address, the addresses and the shipping option of a cart.
struct ChangeDetails: Sendable {
    let context: CartContext

    /// - Parameter change: Validated.
    func run(_ change: CartChange, of id: CartID) async throws -> Cart {
        if let option = change.shippingOptionID { try await requireOffered(option, in: id, after: change) }
        let outcome = try await ChangeCart(context: context).run(
            id,
            finishing: { document, cart in
                try document.normaliseRegions(after: change, in: &cart)
            }
        ) { document in
            document.apply(change)
        }
        return outcome.value
    }

    private func requireOffered(_ option: String, in id: CartID, after change: CartChange) async throws {
        var planned = try await context.readable(id)
        planned.apply(change)
        let options = try await ListShippingOptions(context: context).run(for: planned)
        if options.contains(where: { $0.id == option }) { return }
        throw ServiceError(
            CartErrorCode.shippingOptionUnavailable, "This shipping option is not offered for this cart.",
            fields: [
                .init(
                    field: "shipping_option_id", code: CartErrorCode.shippingOptionUnavailable,
                    detail: "is not one of the cart's shipping options")
            ])
    }
}

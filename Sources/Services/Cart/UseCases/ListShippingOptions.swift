import Commerce
import OfferContract

/// Lists the shipping options that are offered for a cart.
struct ListShippingOptions: Sendable {
    let context: CartContext

    func run(for id: CartID) async throws -> [ShippingOption] {
        try await run(for: context.readable(id))
    }

    func run(for document: CartDocument) async throws -> [ShippingOption] {
        let contents = try await context.priceCart.contents(of: document)
        return try await context.offers.shippingOptions(contents.request(at: context.clock.now()))
    }
}

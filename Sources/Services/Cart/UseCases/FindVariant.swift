import Commerce
import ProductContract
import ServiceKit

/// Finds a variant that is for sale. Throws 404 `variant_not_found`.
struct FindVariant: Sendable {
    let context: CartContext

    func run(_ id: VariantID) async throws -> VariantDetail {
        guard let detail = try await context.products.variants([id]).first(where: { $0.variant.id == id }),
            detail.published
        else { throw ServiceError.variantNotFound }
        return detail
    }
}

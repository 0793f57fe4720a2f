import Commerce
import ProductContract
import ServiceKit

extension VariantDetail {
    /// Whether the shop has this many.
    func has(_ quantity: Int) -> Bool {
        published && variant.available && variant.inventoryQuantity.map { quantity <= $0 } ?? true
    }

    /// Throws 409 `out_of_stock` unless the shop has this many.
    func require(available quantity: Int) throws(ServiceError) {
        if has(quantity) { return }
        throw ServiceError(
            ProductErrorCode.outOfStock, "There are not that many left.",
            fields: [
                .init(field: "quantity", code: ProductErrorCode.outOfStock, detail: "is more than what is available")
            ])
    }
}

import ProductContract
import ServiceKit

/// The errors that callers of this service see.
enum CatalogueError {
    static let handleTaken = ServiceError(
        ProductErrorCode.handleTaken, "Another product has this handle.",
        fields: [
            ServiceError.Field(
                field: "handle", code: ProductErrorCode.handleTaken, detail: "is used by another product")
        ])
    static let reservationExpired = ServiceError(
        ProductErrorCode.reservationExpired, "The reservation has expired.")

    /// - Parameter variants: Positions of the variants at fault; the first hundred are named.
    static func skuTaken(_ variants: [Int]) -> ServiceError {
        ServiceError(
            ProductErrorCode.skuTaken, "Another product has this SKU.",
            fields: variants.prefix(100).map {
                ServiceError.Field(
                    field: "variants[\($0)].sku", code: ProductErrorCode.skuTaken, detail: "is used by another product")
            })
    }

    /// - Parameter left: For each line at fault what can still be had.
    static func outOfStock(_ left: [(line: Int, left: Int)]) -> ServiceError {
        ServiceError(
            ProductErrorCode.outOfStock, "Some lines are out of stock.",
            fields: left.map {
                ServiceError.Field(
                    field: "lines[\($0.line)].quantity", code: ProductErrorCode.outOfStock,
                    detail: $0.left == 0 ? "none left" : "only \($0.left) left")
            })
    }
}

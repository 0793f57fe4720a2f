import ServiceKit

/// The errors that callers of this service see.
enum CatalogueError {
    static let productNotFound = ServiceError.notFound("product")
    static let variantNotFound = ServiceError.notFound("variant")
    static let handleTaken = ServiceError(
        .conflict, code: "handle_taken", "Another product has this handle.",
        fields: [ServiceError.Field(field: "handle", code: "handle_taken", detail: "is used by another product")])
    static let reservationExpired = ServiceError(
        .conflict, code: "reservation_expired", "The stock was given back and is no longer there.")

    /// - Parameter variants: Positions of the variants at fault; the first hundred are named.
    static func skuTaken(_ variants: [Int]) -> ServiceError {
        ServiceError(
            .conflict, code: "sku_taken", "Another product has this SKU.",
            fields: variants.prefix(100).map {
                ServiceError.Field(
                    field: "variants[\($0)].sku", code: "sku_taken", detail: "is used by another product")
            })
    }

    /// - Parameter left: For each line at fault what can still be had.
    static func outOfStock(_ left: [(line: Int, left: Int)]) -> ServiceError {
        ServiceError(
            .conflict, code: "out_of_stock", "Some of it is not in stock any more.",
            fields: left.map {
                ServiceError.Field(
                    field: "lines[\($0.line)].quantity", code: "out_of_stock",
                    detail: $0.left == 0 ? "none left" : "only \($0.left) left")
            })
    }
}

import Commerce
package import ServiceKit

/// Errors of the catalogue and its stock.
package enum ProductErrorCode: String, ServiceErrorCodeList {
    case productNotFound = "product_not_found"
    case variantNotFound = "variant_not_found"
    case categoryNotFound = "category_not_found"
    case reservationNotFound = "reservation_not_found"
    case handleTaken = "handle_taken"
    case skuTaken = "sku_taken"
    case outOfStock = "out_of_stock"
    case reservationExpired = "reservation_expired"

    package var kind: ServiceError.Kind {
        switch self {
        case .productNotFound, .variantNotFound, .categoryNotFound, .reservationNotFound: .notFound
        case .handleTaken, .skuTaken, .outOfStock, .reservationExpired: .conflict
        }
    }
}

/// Faults of one field.
package enum ProductFieldCode: String, ErrorCodeList {
    case invalidHandle = "invalid_handle"
    case invalidURL = "invalid_url"
    case invalidOptions = "invalid_options"
    case invalidSort = "invalid_sort"
    case unknownImage = "unknown_image"
    case unknownVariant = "unknown_variant"
    case notAbovePrice = "not_above_price"
    case notTracked = "not_tracked"
    case belowReserved = "below_reserved"
}

extension ServiceError {
    package static let productNotFound = ServiceError(ProductErrorCode.productNotFound, "There is no such product.")
    package static let variantNotFound = ServiceError(ProductErrorCode.variantNotFound, "There is no such variant.")
    package static let categoryNotFound = ServiceError(ProductErrorCode.categoryNotFound, "There is no such category.")
    package static let reservationNotFound = ServiceError(
        ProductErrorCode.reservationNotFound, "There is no such reservation.")
}

import ServiceKit

/// Errors of the catalogue and its stock.
package enum ProductErrorCode: String, ErrorCodeList {
    case productNotFound = "product_not_found"
    case variantNotFound = "variant_not_found"
    case categoryNotFound = "category_not_found"
    case reservationNotFound = "reservation_not_found"
    case handleTaken = "handle_taken"
    case skuTaken = "sku_taken"
    case outOfStock = "out_of_stock"
    case reservationExpired = "reservation_expired"
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

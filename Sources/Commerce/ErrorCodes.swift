/// A list of error codes. A code stands in one list: ``FieldCode`` or ServiceKit's `ErrorCode` when no area owns it, else
/// the list of the area whose fact it states (`ErrorCodes.swift` of its contract). Codes are public and never change;
/// `x-error-codes` and `x-field-codes` of the OpenAPI document say what they mean.
package protocol ErrorCodeList: RawRepresentable<String>, CaseIterable, Hashable, Sendable {}

/// Codes of one field of a request, in any area.
package enum FieldCode: String, ErrorCodeList {
    case required, invalid, malformed, duplicate
    case wrongType = "wrong_type"
    case unknownField = "unknown_field"
    case unknownValue = "unknown_value"
    case outOfRange = "out_of_range"
    case tooSmall = "too_small"
    case tooLarge = "too_large"
    case tooShort = "too_short"
    case tooLong = "too_long"
    case tooMany = "too_many"
    case invalidCharacters = "invalid_characters"
    case invalidID = "invalid_id"
    case invalidEmail = "invalid_email"
    case invalidDate = "invalid_date"
    case invalidTimestamp = "invalid_timestamp"
    case invalidCountry = "invalid_country"
    case unknownRegion = "unknown_region"
    case invalidCurrency = "invalid_currency"
    case unknownCurrency = "unknown_currency"
}

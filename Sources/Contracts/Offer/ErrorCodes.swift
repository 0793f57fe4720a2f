import Commerce
package import ServiceKit

/// Errors of pricing and its rules. The `coupon…` codes are `RejectedCoupon.reason`; cart-service responds with them.
package enum OfferErrorCode: String, ServiceErrorCodeList {
    case couponUnknown = "coupon_unknown"
    case couponNotStarted = "coupon_not_started"
    case couponExpired = "coupon_expired"
    case couponNotApplicable = "coupon_not_applicable"
    case amountTooLarge = "amount_too_large"
    case rulesMissing = "rules_missing"
    case rulesTooLarge = "rules_too_large"
    case unreadableRules = "unreadable_rules"

    package var kind: ServiceError.Kind {
        switch self {
        case .couponUnknown, .couponNotStarted, .couponExpired, .couponNotApplicable, .amountTooLarge: .invalid
        case .rulesTooLarge: .tooLarge
        case .unreadableRules: .unreadable
        case .rulesMissing: .internal
        }
    }
}

/// Faults of one field of the rules.
package enum OfferFieldCode: String, ErrorCodeList {
    case invalidCode = "invalid_code"
    case invalidLength = "invalid_length"
    case invalidTime = "invalid_time"
    case notAllowed = "not_allowed"
    case unknownKind = "unknown_kind"
    case unsupported
}

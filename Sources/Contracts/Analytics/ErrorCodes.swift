import Commerce

/// Faults of one field of a behaviour event or a report's period. The area has no errors of its own.
package enum AnalyticsFieldCode: String, ErrorCodeList {
    case unknownEventType = "unknown_event_type"
    case unknownProperty = "unknown_property"
    case beforeFrom = "before_from"
    case periodTooLong = "period_too_long"
}

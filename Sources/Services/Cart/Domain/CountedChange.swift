/// A change of a cart that is counted. The raw values are labels of a metric.
enum CountedChange: String, CaseIterable, Sendable {
    case created
    case lineAdded = "line_added"
    case lineChanged = "line_changed"
    case lineRemoved = "line_removed"
    case coupon
}

/// An event that lacks what it must have.
enum AnalyticsError: Error, Hashable, Sendable {
    case unknownCurrency(String)
    case missingAmount
}

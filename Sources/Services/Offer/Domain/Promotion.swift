import Commerce
import ProductContract

/// A discount: what it takes off, of what, when, and for which coupon.
struct Promotion: Hashable, Sendable {
    enum Effect: Hashable, Sendable {
        /// 1 % is 100.
        case percentage(basisPoints: Int)
        /// Off all matching items together, or off each unit.
        case fixed(CurrencyAmounts, perItem: Bool)
        /// Of every `buy + get` matching units the cheapest `get` cost less by `basisPoints`, at most `limit` times.
        case buyGet(buy: Int, get: Int, basisPoints: Int, limit: Int?)
        /// Makes these shipping options free; nil: all of them.
        case freeShipping(options: Set<String>?)
    }

    enum Target: Hashable, Sendable {
        /// All goods together: rounded once, then allocated to the lines.
        case order
        /// Every line by itself.
        case lines(Selection)
    }

    /// A line matches when any of the lists has it; `everything` matches all.
    struct Selection: Hashable, Sendable {
        var everything = false
        var categories: Set<String> = []
        var tags: Set<String> = []
        /// Ids or handles.
        var products: Set<String> = []

        /// Categories, tags and handles compare without case.
        func matches(_ detail: VariantDetail) -> Bool {
            if everything || products.contains(detail.productHandle.lowercased()) { return true }
            if products.contains(detail.productID.rawValue) { return true }
            if let category = detail.category, categories.contains(category.lowercased()) { return true }
            return !tags.isEmpty && detail.tags.contains { tags.contains($0.lowercased()) }
        }
    }

    struct Coupon: Hashable, Sendable {
        /// As written in the document; compared by ``CouponCode``.
        var code: String
        var usageLimit: Int?
        var usageLimitPerCustomer: Int?
    }

    var id: String
    /// What the customer reads.
    var label: String
    /// Higher ones come first; of equals the smaller id.
    var priority = 0
    var effect: Effect
    var target: Target
    /// nil: applies by itself.
    var coupon: Coupon?
    var startsAt: Instant?
    /// The first instant at which it does not apply any more.
    var endsAt: Instant?
    /// At most one promotion of a group applies to a line.
    var exclusiveGroup: String?
    /// What the matching lines must cost after the promotions before this one.
    var minimumSpend: CurrencyAmounts?

    /// The source that adjustments name.
    var source: String { coupon.map { "coupon:\($0.code)" } ?? id }

    func runs(at instant: Instant) -> Bool {
        startsAt.map { $0 <= instant } ?? true && endsAt.map { instant < $0 } ?? true
    }
}

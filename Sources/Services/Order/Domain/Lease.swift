/// The right to work on one row until a time. Every write proves it by the owner's name.
struct Lease: Hashable, Sendable {
    var owner: String
    var length: Duration

    /// Has no owner and no length: the reconciler takes the work over at once.
    static let none = Lease(owner: "", length: .zero)
}

/// The lease belongs to another owner now: the work must stop.
struct LeaseLost: Error {}

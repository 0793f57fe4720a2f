import Commerce
import OfferContract

/// Which of the customer's coupons count, and why the others do not.
struct CouponVerdicts {
    private let requested: [(typed: String, code: String)]
    private let promotions: [String: Promotion]
    private let at: Instant
    private var refusals: [String: PricingRun.Refusal] = [:]

    init(_ request: PricingRequest, promotions: [Promotion]) {
        var seen: Set<String> = []
        requested = request.coupons.compactMap { typed in
            let code = CouponCode.normalised(typed)
            return seen.insert(code).inserted ? (typed, code) : nil
        }
        self.promotions = Dictionary(
            promotions.compactMap { promotion in
                promotion.coupon.map { (CouponCode.normalised($0.code), promotion) }
            }, uniquingKeysWith: { first, _ in first })
        at = request.at
    }

    /// Whether the promotion needs no coupon, or has it.
    func admits(_ promotion: Promotion) -> Bool {
        guard let coupon = promotion.coupon else { return true }
        let code = CouponCode.normalised(coupon.code)
        return requested.contains { $0.code == code }
    }

    mutating func refuse(_ promotion: Promotion, _ refusal: PricingRun.Refusal) {
        guard let coupon = promotion.coupon else { return }
        refusals[CouponCode.normalised(coupon.code)] = refusal
    }

    /// In the order the customer gave them.
    var applied: [AppliedCoupon] {
        requested.compactMap { entry in
            guard rejection(of: entry) == nil, let promotion = promotions[entry.code], let coupon = promotion.coupon
            else { return nil }
            return AppliedCoupon(
                code: coupon.code, label: promotion.label, usageLimit: coupon.usageLimit,
                usageLimitPerCustomer: coupon.usageLimitPerCustomer)
        }
    }

    /// In the order the customer gave them, as typed.
    var rejected: [RejectedCoupon] { requested.compactMap(rejection(of:)) }

    private func rejection(of entry: (typed: String, code: String)) -> RejectedCoupon? {
        func reject(_ reason: OfferErrorCode, _ message: String) -> RejectedCoupon {
            RejectedCoupon(code: entry.typed, reason: reason.rawValue, message: message)
        }
        guard let promotion = promotions[entry.code] else {
            return reject(.couponUnknown, "This coupon does not exist.")
        }
        if let start = promotion.startsAt, at < start {
            return reject(.couponNotStarted, "This coupon is not valid yet.")
        }
        if let end = promotion.endsAt, at >= end {
            return reject(.couponExpired, "This coupon is not valid any more.")
        }
        return refusals[entry.code].map { reject(.couponNotApplicable, $0.message) }
    }
}

extension PricingRun.Refusal {
    /// What the customer reads.
    fileprivate var message: String {
        switch self {
        case .nothingMatches: "Nothing in the cart qualifies for this coupon."
        case .belowMinimum: "The cart does not reach the amount this coupon asks for."
        case .notInCurrency: "This coupon is not valid in the cart's currency."
        case .notCombinable: "This coupon cannot be combined with another discount in the cart."
        case .noEffect: "This coupon changes nothing for this cart."
        }
    }
}

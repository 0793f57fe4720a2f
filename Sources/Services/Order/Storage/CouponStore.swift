import Commerce
import OfferContract
import SQL
import ServiceKit

/// Enforces the limits of coupons. Each use is one conditional update, so two buyers cannot both take the last one.
enum CouponStore {
    /// - Parameter owners: The owners that the use counts for: a digest of the email address, and the customer's id if
    ///   any.
    static func redeem(
        _ coupons: [AppliedCoupon], order: OrderID, owners: [String], at now: Instant, in tx: any SQLTransaction
    ) throws {
        // In a fixed order, so that two orders with the same coupons cannot deadlock.
        for coupon in coupons.sorted(by: { $0.code < $1.code }) {
            let code = coupon.code.uppercased()
            let limit = Int64(coupon.usageLimit ?? .max)
            guard limit > 0, coupon.usageLimitPerCustomer ?? 1 > 0 else {
                throw ServiceError.couponExhausted(coupon.code)
            }
            let uses = try tx.query(
                """
                INSERT INTO coupon_uses (code, used) VALUES (\(code), 1)
                ON CONFLICT (code) DO UPDATE SET used = coupon_uses.used + 1 WHERE coupon_uses.used < \(limit)
                RETURNING used
                """)
            guard !uses.isEmpty else { throw ServiceError.couponExhausted(coupon.code) }
            for owner in owners {
                let perCustomer = Int64(coupon.usageLimitPerCustomer ?? .max)
                let own = try tx.query(
                    """
                    INSERT INTO coupon_customer_uses (code, customer, used) VALUES (\(code), \(owner), 1)
                    ON CONFLICT (code, customer) DO UPDATE SET used = coupon_customer_uses.used + 1
                    WHERE coupon_customer_uses.used < \(perCustomer)
                    RETURNING used
                    """)
                guard !own.isEmpty else { throw ServiceError.couponExhausted(coupon.code) }
                try tx.execute(
                    """
                    INSERT INTO coupon_redemptions (code, order_id, customer, redeemed_at)
                    VALUES (\(code), \(order), \(owner), \(now))
                    """)
            }
        }
    }

    /// Restores the coupon uses of an order. A repeated call has no effect, because the redemptions are deleted.
    static func restore(_ order: OrderID, in tx: any SQLTransaction) throws {
        let redemptions = Dictionary(
            grouping: try tx.query(
                "DELETE FROM coupon_redemptions WHERE order_id = \(order) RETURNING code, customer"
            ).map { (code: try $0.string("code"), owner: try $0.string("customer")) },
            by: \.code)
        for (code, uses) in redemptions.sorted(by: { $0.key < $1.key }) {
            try tx.execute("UPDATE coupon_uses SET used = used - 1 WHERE code = \(code)")
            try tx.execute(
                """
                UPDATE coupon_customer_uses SET used = used - 1
                WHERE code = \(code) AND customer IN \(in: uses.map(\.owner))
                """)
        }
    }
}

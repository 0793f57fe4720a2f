import CartContract
import Commerce
import ServiceKit

extension CartDocument {
    func require(currency other: Currency) throws(ServiceError) {
        if other == currency { return }
        throw ServiceError(
            ErrorCode.currencyMismatch, "This is not sold in the cart's currency.",
            fields: [
                .init(field: "variant_id", code: ErrorCode.currencyMismatch, detail: "is not sold in \(currency.code)")
            ])
    }

    func index(of line: LineID) throws(ServiceError) -> Int {
        guard let index = lines.firstIndex(where: { $0.id == line }) else { throw .lineNotFound }
        return index
    }

    func line(_ id: LineID) throws(ServiceError) -> Line { lines[try index(of: id)] }

    /// Adds to the line of the same variant, if there is one.
    mutating func add(_ variant: VariantID, quantity: Int, newLine: LineID) throws(ServiceError) -> Line {
        if let index = lines.firstIndex(where: { $0.variantID == variant }) {
            let sum = lines[index].quantity + quantity
            try CartLimits.check(quantity: sum)
            lines[index].quantity = sum
            return lines[index]
        }
        guard lines.count < CartLimits.lines else {
            throw ServiceError(
                CartErrorCode.tooManyLines, "A cart has at most \(CartLimits.lines) lines.",
                fields: [.init(field: "variant_id", code: CartErrorCode.tooManyLines, detail: "is one line too many")])
        }
        let line = Line(id: newLine, variantID: variant, quantity: quantity)
        lines.append(line)
        return line
    }

    func hasCoupon(_ code: String) -> Bool {
        coupons.contains { $0.uppercased() == code.uppercased() }
    }

    /// A coupon that the cart already has is not added again.
    mutating func addCoupon(_ code: String) throws(ServiceError) {
        if hasCoupon(code) { return }
        guard coupons.count < CartLimits.coupons else {
            throw ServiceError(
                CartErrorCode.tooManyCoupons, "A cart has at most \(CartLimits.coupons) coupons.",
                fields: [.init(field: "code", code: CartErrorCode.tooManyCoupons, detail: "is one coupon too many")])
        }
        coupons.append(code)
    }

    /// Counts a change whose idempotency key is kept. Throws `rate_limited` when too many are kept already.
    mutating func countKey(at now: Instant) throws(ServiceError) {
        var counted = keys ?? Keys(since: now, count: 0)
        let age = counted.since.duration(to: now)
        if age > Retention.idempotencyKeys { counted = Keys(since: now, count: 0) }
        guard counted.count < CartLimits.keys else { throw .rateLimited(retryAfter: Retention.idempotencyKeys - age) }
        counted.count += 1
        keys = counted
    }

    mutating func apply(_ change: CartChange) {
        email = change.cleared.contains(.email) ? nil : change.email ?? email
        shippingAddress =
            change.cleared.contains(.shippingAddress) ? nil : change.shippingAddress ?? shippingAddress
        billingAddress = change.cleared.contains(.billingAddress) ? nil : change.billingAddress ?? billingAddress
        shippingOptionID =
            change.cleared.contains(.shippingOption) ? nil : change.shippingOptionID ?? shippingOptionID
    }

    /// Replaces regions by their codes where tax depends on them. Throws 422 when the change sets a shipping address
    /// there without a region; an address that was stored before may stay until the customer orders.
    mutating func normaliseRegions(after change: CartChange, in cart: inout Cart) throws(ServiceError) {
        if let address = change.shippingAddress, cart.regionCountries.contains(address.country),
            let problem = address.regionProblem
        {
            throw .invalid("shipping_address.\(problem.field)", code: problem.code, problem.detail)
        }
        shippingAddress = shippingAddress?.withRegionCode(in: cart.regionCountries)
        billingAddress = billingAddress?.withRegionCode(in: cart.regionCountries)
        cart.shippingAddress = shippingAddress
        cart.billingAddress = billingAddress
    }
}

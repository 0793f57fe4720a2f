import Commerce
import KeyValue
import ServiceKit

/// Counts wrong coupon codes in the store of carts, so for all processes together, by the generic cell rate algorithm
/// (ITU-T I.371, appendix A): `coupons:cart:<id>` and `coupons:network:<name>` hold when an allowance is full again, in
/// milliseconds since 1970.
struct CouponTries: Sendable {
    private struct Allowance {
        var key: String
        var burst: Int
    }

    let carts: CartStore
    let limits: CouponLimits
    let clock: WallClock

    /// Runs `check`, which throws 422 for a wrong code. A try is counted before, so that parallel ones see each other,
    /// and given back unless the code was wrong. Throws `rate_limited` when too many were.
    func counting(of cart: CartID, _ check: () async throws -> Void) async throws {
        let allowances = [
            Allowance(
                key: "coupons:network:\(CallContext.current.clientNetwork ?? "unknown")", burst: limits.perNetwork),
            Allowance(key: "coupons:cart:\(cart.rawValue)", burst: limits.perCart),
        ]
        var spent: [Allowance] = []
        do {
            for allowance in allowances {
                try await spend(allowance)
                spent.append(allowance)
            }
            try await check()
        } catch let error as ServiceError where error.kind == .invalid {
            throw error
        } catch {
            await giveBack(spent)
            throw error
        }
        await giveBack(spent)
    }

    private func spend(_ allowance: Allowance) async throws {
        let now = clock.now()
        let interval = limits.window / allowance.burst
        let excess = try await change(allowance) { full -> (Instant?, Duration) in
            let next = max(full ?? now, now).advanced(by: interval)
            let excess = now.duration(to: next) - interval * allowance.burst
            return (excess > .zero ? nil : next, excess)
        }
        guard excess > .zero else { return }
        var error = ServiceError.rateLimited(retryAfter: excess)
        error.message = "Too many coupon codes were wrong; wait before the next one."
        throw error
    }

    private func giveBack(_ allowances: [Allowance]) async {
        for allowance in allowances {
            // A try too many is no reason to refuse a code that is right.
            try? await change(allowance) { ($0?.advanced(by: .zero - limits.window / allowance.burst), ()) }
        }
    }

    /// - Parameter body: Gets the stored instant; answers the new one, nil to leave it, and a result.
    private func change<Value>(_ allowance: Allowance, _ body: (Instant?) -> (Instant?, Value)) async throws -> Value {
        try await carts.guarding {
            try await carts.store.update(allowance.key, lifetime: limits.window) { bytes in
                let stored = bytes.flatMap { Int64(String(decoding: $0, as: UTF8.self)) }
                let (next, value) = body(stored.map(Instant.init(milliseconds:)))
                return KeyValueChange(store: next.map { Array(String($0.milliseconds).utf8) }, result: value)
            }
        }
    }
}

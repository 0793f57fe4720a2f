import Commerce
import KeyValue
import ServiceKit

/// Counts wrong coupon codes in the store of carts, so for all processes together, by the generic cell rate algorithm
/// (ITU-T I.371, appendix A): `coupons:cart:<id>` and `coupons:network:<digest>` hold the time when an allowance is
/// full again, in milliseconds since 1970.
struct CouponAttempts: Sendable {
    private struct Allowance {
        var key: String
        var burst: Int
    }

    let carts: CartStore
    let limits: AttemptLimits
    let clock: WallClock

    /// Runs `check`, which throws 422 for a wrong code. The attempt is counted before, so that concurrent attempts are
    /// counted too, and no longer counts unless the code was wrong. Throws `rate_limited` when too many were wrong.
    func count(for cart: CartID, _ check: () async throws -> Void) async throws {
        let network = CallContext.current.clientNetwork ?? "unknown"
        let allowances = [
            Allowance(key: "coupons:network:\(carts.clientDigest.text(for: network))", burst: limits.perNetwork),
            Allowance(key: "coupons:cart:\(cart.rawValue)", burst: limits.perCart),
        ]
        var consumed: [Allowance] = []
        do {
            for allowance in allowances {
                try await consume(allowance)
                consumed.append(allowance)
            }
            try await check()
        } catch let error as ServiceError where error.kind == .invalid {
            throw error
        } catch {
            await restore(consumed)
            throw error
        }
        await restore(consumed)
    }

    private func consume(_ allowance: Allowance) async throws {
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

    private func restore(_ allowances: [Allowance]) async {
        for allowance in allowances {
            // A failure here only counts one attempt too many; it must not refuse a right code.
            try? await change(allowance) { ($0?.advanced(by: .zero - limits.window / allowance.burst), ()) }
        }
    }

    /// - Parameter body: Gets the stored instant; returns the new one, nil to leave it, and a result.
    private func change<Value>(_ allowance: Allowance, _ body: (Instant?) -> (Instant?, Value)) async throws -> Value {
        try await carts.boundary.run {
            try await carts.store.update(allowance.key, lifetime: limits.window) { bytes in
                let stored = bytes.flatMap { Int64(String(decoding: $0, as: UTF8.self)) }
                let (next, value) = body(stored.map(Instant.init(milliseconds:)))
                return KeyValueChange(store: next.map { Array(String($0.milliseconds).utf8) }, result: value)
            }
        }
    }
}

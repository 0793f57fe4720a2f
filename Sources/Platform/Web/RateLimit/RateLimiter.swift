package import ServiceKit
import Synchronization

/// The generic cell rate algorithm (ITU-T I.371, appendix A) per client, in a table of bounded size. The public
/// endpoints of one process share one, so that a client has one allowance for all of them.
///
/// The state of a client is one instant: when its allowance will be full again. An instant in the past can be dropped.
package final class RateLimiter: Sendable {
    private struct Client: Hashable {
        let network: String
        let rate: RateClass
    }
    private struct State {
        var fullAgain: [Client: ContinuousClock.Instant] = [:]
        var nextSweep: ContinuousClock.Instant?
    }
    /// Counts in a place that several processes share.
    package struct Shared: Sendable {
        /// Returns how long to wait, nil when admitted.
        package typealias Count =
            @Sendable (_ key: String, _ allowance: RateLimitSettings.Allowance, _ count: Int) async throws -> Duration?

        private let digest: KeyedDigest
        fileprivate let count: Count

        /// - Parameter digestKey: The HMAC key of the digests that stand for client networks, which are not stored in
        ///   clear; the same in every process.
        package init(digestKey: [UInt8], count: @escaping Count) {
            digest = KeyedDigest(key: digestKey)
            self.count = count
        }

        fileprivate func key(_ network: String, _ rate: RateClass) -> String {
            "\(rate.rawValue):\(digest.text(for: network))"
        }
    }

    private let state = Mutex(State())
    private let settings: RateLimitSettings
    private let shared: Shared?

    package init(_ settings: RateLimitSettings, shared: Shared? = nil) {
        self.settings = settings
        self.shared = shared
    }

    /// Counts requests of a client network, over all processes where they share a store; while it is unavailable
    /// each process counts for itself. Throws `rate_limited` (429) with the time to wait, and then does not count them.
    package func admit(_ network: String?, _ rate: RateClass, count: Int = 1) async throws(ServiceError) {
        guard settings.isOn else { return }
        guard let shared else { return try admitHere(network, rate, count: count) }
        let wait: Duration?
        do {
            wait = try await shared.count(shared.key(network ?? "unknown", rate), settings.allowance(of: rate), count)
        } catch {
            return try admitHere(network, rate, count: count)
        }
        if let wait { throw .rateLimited(retryAfter: wait) }
    }

    /// The same for this process alone, at once.
    package func admitHere(
        _ network: String?, _ rate: RateClass, count: Int = 1, at now: ContinuousClock.Instant = .now
    ) throws(ServiceError) {
        guard settings.isOn else { return }
        let allowance = settings.allowance(of: rate)
        let interval = Duration.seconds(1) / max(allowance.perSecond, 0.001)
        let tolerance = interval * max(allowance.burst, 1)
        let wait = state.withLock { state -> Duration? in
            let client = client(network ?? "unknown", rate, in: &state, at: now)
            let next = max(state.fullAgain[client] ?? now, now).advanced(by: interval * count)
            let excess = now.duration(to: next) - tolerance
            guard excess <= .zero else { return excess }
            state.fullAgain[client] = next
            return nil
        }
        guard let wait else { return }
        throw .rateLimited(retryAfter: wait)
    }

    /// The client's row, or the row that new clients share while the table is full of active ones.
    private func client(
        _ network: String, _ rate: RateClass, in state: inout State, at now: ContinuousClock.Instant
    ) -> Client {
        let client = Client(network: network, rate: rate)
        guard state.fullAgain.count >= settings.clients, state.fullAgain[client] == nil else { return client }
        if state.nextSweep.map({ $0 <= now }) ?? true {
            state.nextSweep = now.advanced(by: .seconds(1))
            state.fullAgain = state.fullAgain.filter { $0.value > now }
        }
        return state.fullAgain.count < settings.clients ? client : Client(network: "", rate: rate)
    }
}

import Calls
import Synchronization

/// What is limited on its own.
enum RateClass: Hashable, Sendable {
    case general, logIn, register
}

/// The generic cell rate algorithm (ITU-T I.371, appendix A) per client, in a table of bounded size.
///
/// A client is one instant: when its allowance will be full again. An instant in the past says nothing and may go.
final class RateLimiter: Sendable {
    private struct Client: Hashable {
        let address: String
        let rate: RateClass
    }
    private struct State {
        var fullAgain: [Client: ContinuousClock.Instant] = [:]
        var nextSweep: ContinuousClock.Instant?
    }
    private let state = Mutex(State())
    private let settings: RateLimitSettings

    init(_ settings: RateLimitSettings) { self.settings = settings }

    /// Counts one request. Throws `rate_limited` (429) with the time to wait, and then does not count it.
    func admit(_ address: String, _ rate: RateClass, at now: ContinuousClock.Instant = .now) throws(ServiceError) {
        guard settings.isOn else { return }
        let allowance = allowance(rate)
        let interval = Duration.seconds(1) / max(allowance.perSecond, 0.001)
        let tolerance = interval * max(allowance.burst, 1)
        let wait = state.withLock { state -> Duration? in
            let client = client(address, rate, in: &state, at: now)
            let next = max(state.fullAgain[client] ?? now, now).advanced(by: interval)
            let excess = now.duration(to: next) - tolerance
            guard excess <= .zero else { return excess }
            state.fullAgain[client] = next
            return nil
        }
        guard let wait else { return }
        throw ServiceError(
            .tooManyRequests, code: "rate_limited", "Too many requests; wait before the next one.", retryAfter: wait)
    }

    private func allowance(_ rate: RateClass) -> RateLimitSettings.Allowance {
        switch rate {
        case .general: settings.general
        case .logIn: settings.logIn
        case .register: settings.register
        }
    }

    /// The client's row, or the row newcomers share while the table is full of active clients.
    private func client(
        _ address: String, _ rate: RateClass, in state: inout State, at now: ContinuousClock.Instant
    ) -> Client {
        let client = Client(address: address, rate: rate)
        guard state.fullAgain.count >= settings.clients, state.fullAgain[client] == nil else { return client }
        if state.nextSweep.map({ $0 <= now }) ?? true {
            state.nextSweep = now.advanced(by: .seconds(1))
            state.fullAgain = state.fullAgain.filter { $0.value > now }
        }
        return state.fullAgain.count < settings.clients ? client : Client(address: "", rate: rate)
    }
}

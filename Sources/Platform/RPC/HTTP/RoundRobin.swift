import Synchronization

/// Chooses the address of a peer for the next call: all in turn, except those that were unreachable a moment ago. When
/// none is left, the one that failed first is tried, as the likeliest to be reachable again.
final class RoundRobin: Sendable {
    private struct State {
        var turn = 0
        var failedUntil: [ServiceAddress: ContinuousClock.Instant] = [:]
    }
    private let addresses: [ServiceAddress]
    private let pause: Duration
    private let state = Mutex(State())

    /// - Parameters:
    ///   - addresses: At least one.
    ///   - pause: How long an address that could not be reached is left alone.
    init(_ addresses: [ServiceAddress], pause: Duration = .seconds(10)) {
        self.addresses = addresses
        self.pause = pause
    }

    func next(at now: ContinuousClock.Instant = .now) -> ServiceAddress {
        state.withLock { state in
            let reachable = Self.reachable(addresses, &state, now)
            if reachable.isEmpty, let first = state.failedUntil.min(by: { $0.value < $1.value }) { return first.key }
            state.turn &+= 1
            return reachable[Int(UInt(bitPattern: state.turn) % UInt(reachable.count))]
        }
    }

    /// - Returns: Whether there is another address that is not known to be unreachable.
    func noteUnreachable(_ address: ServiceAddress, at now: ContinuousClock.Instant = .now) -> Bool {
        state.withLock { state in
            state.failedUntil[address] = now.advanced(by: pause)
            return !Self.reachable(addresses, &state, now).isEmpty
        }
    }

    func noteReached(_ address: ServiceAddress) {
        state.withLock { if !$0.failedUntil.isEmpty { $0.failedUntil[address] = nil } }
    }

    private static func reachable(
        _ addresses: [ServiceAddress], _ state: inout State, _ now: ContinuousClock.Instant
    ) -> [ServiceAddress] {
        if state.failedUntil.isEmpty { return addresses }
        state.failedUntil = state.failedUntil.filter { $0.value > now }
        return addresses.filter { state.failedUntil[$0] == nil }
    }
}

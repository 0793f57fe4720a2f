import Synchronization

/// Which of a peer's addresses is called next: all in turn, but for those that could not be reached a moment ago. When no
/// other is left, the one that was lost first is tried: it is the likeliest to be back.
final class AddressRound: Sendable {
    private struct State {
        var turn = 0
        var lostUntil: [ServiceAddress: ContinuousClock.Instant] = [:]
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
            let hopeful = Self.hopeful(addresses, &state, now)
            if hopeful.isEmpty, let first = state.lostUntil.min(by: { $0.value < $1.value }) { return first.key }
            state.turn &+= 1
            return hopeful[Int(UInt(bitPattern: state.turn) % UInt(hopeful.count))]
        }
    }

    /// - Returns: Whether there is another address that is not known to be lost.
    func noteLost(_ address: ServiceAddress, at now: ContinuousClock.Instant = .now) -> Bool {
        state.withLock { state in
            state.lostUntil[address] = now.advanced(by: pause)
            return !Self.hopeful(addresses, &state, now).isEmpty
        }
    }

    func noteReached(_ address: ServiceAddress) {
        state.withLock { if !$0.lostUntil.isEmpty { $0.lostUntil[address] = nil } }
    }

    private static func hopeful(
        _ addresses: [ServiceAddress], _ state: inout State, _ now: ContinuousClock.Instant
    ) -> [ServiceAddress] {
        if state.lostUntil.isEmpty { return addresses }
        state.lostUntil = state.lostUntil.filter { $0.value > now }
        return addresses.filter { state.lostUntil[$0] == nil }
    }
}

package import ServiceKit
import Synchronization

/// Counts the bytes of bodies that a process holds at once: in all, and of each client network, so that nobody takes all
/// there is. After a rush, what it took goes back to the system.
package final class BodyMemory: Sendable {
    private struct State {
        var total = 0
        var networks: [String: Int] = [:]
        /// Whether so much has been held since memory was last given back that it is worth it.
        var wasRush = false
    }
    private static let rush = 4 * 1_048_576
    private let state = Mutex(State())
    let most: Int
    private let mostOfOne: Int

    /// - Parameters:
    ///   - most: Bytes of all bodies together.
    ///   - mostOfOne: Bytes of the bodies of one client network.
    package init(most: Int = 64 * 1_048_576, mostOfOne: Int = 8 * 1_048_576) {
        self.most = most
        self.mostOfOne = mostOfOne
    }

    package static let ofThisProcess = BodyMemory()

    package var held: Int { state.withLock { $0.total } }

    /// What one body takes, until nobody refers to it any more.
    package final class Share: Sendable {
        private let memory: BodyMemory
        private let network: String?
        private let bytes = Atomic(0)

        fileprivate init(of memory: BodyMemory, network: String?) {
            self.memory = memory
            self.network = network
        }

        /// Throws `rate_limited` (429) when the client's bodies take too much, `unavailable` (503) when all do.
        package func add(_ count: Int) throws(ServiceError) {
            try memory.take(count, for: network)
            bytes.add(count, ordering: .relaxed)
        }

        deinit { memory.giveBack(bytes.load(ordering: .relaxed), of: network) }
    }

    /// - Parameter network: The client's; nil when clients are not distinguished.
    package func share(of network: String?) -> Share { Share(of: self, network: network) }

    private func take(_ count: Int, for network: String?) throws(ServiceError) {
        guard count > 0 else { return }
        let refusal: ServiceError? = state.withLock { state in
            guard state.total + count <= most else { return .unavailable("The reading of requests") }
            if let network {
                let held = state.networks[network, default: 0] + count
                guard held <= mostOfOne else { return .rateLimited(retryAfter: .seconds(1)) }
                state.networks[network] = held
            }
            state.total += count
            if state.total > Self.rush { state.wasRush = true }
            return nil
        }
        if let refusal { throw refusal }
    }

    private func giveBack(_ count: Int, of network: String?) {
        guard count > 0 else { return }
        let isOver = state.withLock { state in
            state.total -= count
            if let network, let held = state.networks[network] {
                state.networks[network] = held > count ? held - count : nil
            }
            guard state.wasRush, state.total < Self.rush / 4 else { return false }
            state.wasRush = false
            return true
        }
        if isOver { FreedMemory.giveBackSoon() }
    }
}

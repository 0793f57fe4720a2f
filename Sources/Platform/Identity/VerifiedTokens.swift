import Commerce
import Crypto
import ServiceKit
import Synchronization

/// Principals of tokens that were verified already, so that a hot caller pays for its signature once. Two generations
/// of entries: when the young one is full it becomes the old one, and the old one is forgotten. Bounded, without a list
/// of uses to maintain.
final class VerifiedTokens: Sendable {
    private struct Entry {
        var principal: Principal
        var expires: Instant
    }
    private struct State {
        var young: [SHA256Digest: Entry] = [:]
        var old: [SHA256Digest: Entry] = [:]
        var era = 0
    }
    private let state = Mutex(State())
    private let generation: Int

    /// - Parameter limit: The most entries to hold.
    init(limit: Int = 4_096) { generation = max(1, limit / 2) }

    func principal(_ digest: SHA256Digest, at now: Instant) -> Principal? {
        state.withLock { state in
            guard let entry = state.young[digest] ?? state.old[digest], entry.expires > now else { return nil }
            if state.young[digest] == nil { insert(entry, digest, into: &state) }
            return entry.principal
        }
    }

    /// Ends when all is forgotten: read it before verifying, and give it to ``remember(_:until:as:of:)``.
    var era: Int { state.withLock { $0.era } }

    /// Does nothing when all was forgotten since the era was read: the token may be one of those.
    func remember(_ principal: Principal, until expires: Instant, as digest: SHA256Digest, of era: Int) {
        state.withLock { state in
            guard state.era == era else { return }
            insert(Entry(principal: principal, expires: expires), digest, into: &state)
        }
    }

    func forgetAll() { state.withLock { $0 = State(era: $0.era + 1) } }

    private func insert(_ entry: Entry, _ digest: SHA256Digest, into state: inout State) {
        if state.young.count >= generation {
            state.old = state.young
            state.young = [:]
        }
        state.young[digest] = entry
    }
}

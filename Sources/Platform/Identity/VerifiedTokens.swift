import Commerce
import Crypto
import ServiceKit
import Synchronization

/// A bounded cache of the principals of verified tokens, so that the signature of a frequent caller is verified once.
/// It has two generations of entries: when the young one is full it becomes the old one, and the old one is dropped.
/// This needs no list of uses.
final class VerifiedTokens: Sendable {
    private struct Entry {
        var principal: Principal
        var expires: Instant
    }
    private struct State {
        var young: [SHA256Digest: Entry] = [:]
        var old: [SHA256Digest: Entry] = [:]
        var epoch = 0
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

    /// Changes when everything is removed: read it before verifying, and pass it to ``insert(_:until:as:in:)``.
    var epoch: Int { state.withLock { $0.epoch } }

    /// Does nothing when everything was removed since the epoch was read: the key of this token may be withdrawn.
    func insert(_ principal: Principal, until expires: Instant, as digest: SHA256Digest, in epoch: Int) {
        state.withLock { state in
            guard state.epoch == epoch else { return }
            insert(Entry(principal: principal, expires: expires), digest, into: &state)
        }
    }

    func removeAll() { state.withLock { $0 = State(epoch: $0.epoch + 1) } }

    private func insert(_ entry: Entry, _ digest: SHA256Digest, into state: inout State) {
        if state.young.count >= generation {
            state.old = state.young
            state.young = [:]
        }
        state.young[digest] = entry
    }
}

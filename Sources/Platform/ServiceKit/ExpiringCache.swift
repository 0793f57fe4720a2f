import Synchronization

/// A bounded cache of values that are fresh until an instant, for any number of threads.
///
/// Entries are in two generations. When the young one is full it becomes the old one, and the old one is dropped; what
/// is used moves to the young one. So values in use stay, without a list of uses to maintain.
package final class ExpiringCache<Key: Hashable & Sendable, Value: Sendable, Time: Comparable & Sendable>: Sendable {
    package struct Entry: Sendable {
        package let value: Value
        package let freshUntil: Time
        fileprivate let cost: Int
    }

    private struct Generation {
        var entries: [Key: Entry] = [:]
        var cost = 0

        mutating func remove(_ key: Key) -> Entry? {
            guard let entry = entries.removeValue(forKey: key) else { return nil }
            cost -= entry.cost
            return entry
        }

        mutating func insert(_ entry: Entry, _ key: Key) {
            cost += entry.cost - (entries[key]?.cost ?? 0)
            entries[key] = entry
        }

        mutating func removeAll(where isObsolete: (Key, Value) -> Bool) {
            entries = entries.filter { !isObsolete($0.key, $0.value.value) }
            cost = entries.values.reduce(0) { $0 + $1.cost }
        }
    }

    private struct State {
        var young = Generation()
        var old = Generation()
        var revision = 0
    }

    private let state = Mutex(State())
    /// Of one generation.
    private let maximumCount: Int
    private let maximumCost: Int

    /// - Parameters:
    ///   - maximumCount: The most entries.
    ///   - maximumCost: The most that they may cost together, in whatever unit they are inserted with. What costs over
    ///     half of it is not kept.
    package init(maximumCount: Int, maximumCost: Int = .max) {
        self.maximumCount = max(1, maximumCount / 2)
        self.maximumCost = max(1, maximumCost / 2)
    }

    /// The value while it is fresh.
    package func value(of key: Key, at now: Time) -> Value? {
        guard let entry = entry(of: key), now < entry.freshUntil else { return nil }
        return entry.value
    }

    /// The value with its end, be it fresh or not: for values that can be found to be still current.
    package func entry(of key: Key) -> Entry? {
        state.withLock { state in
            if let entry = state.young.entries[key] { return entry }
            guard let entry = state.old.remove(key) else { return nil }
            insert(entry, key, &state)
            return entry
        }
    }

    /// Changes whenever something is removed. Read it before a value is loaded, and hand it to
    /// ``insert(_:for:cost:freshUntil:loadedAt:)``: what was read before a change must not outlive it.
    package var revision: Int { state.withLock(\.revision) }

    /// Does nothing when something was removed since the revision was read.
    package func insert(
        _ value: Value, for key: Key, cost: Int = 1, freshUntil end: Time, loadedAt revision: Int? = nil
    ) {
        guard cost <= maximumCost else { return }
        state.withLock { state in
            if let revision, revision != state.revision { return }
            _ = state.old.remove(key)
            insert(Entry(value: value, freshUntil: end, cost: cost), key, &state)
        }
    }

    package func remove(_ key: Key) {
        state.withLock { state in
            _ = state.young.remove(key)
            _ = state.old.remove(key)
            state.revision &+= 1
        }
    }

    package func removeAll(where isObsolete: (Key, Value) -> Bool) {
        state.withLock { state in
            state.young.removeAll(where: isObsolete)
            state.old.removeAll(where: isObsolete)
            state.revision &+= 1
        }
    }

    package func removeAll() { state.withLock { $0 = State(revision: $0.revision &+ 1) } }

    private func insert(_ entry: Entry, _ key: Key, _ state: inout State) {
        let known = state.young.entries[key]
        let isFull =
            known == nil && state.young.entries.count >= maximumCount
            || state.young.cost - (known?.cost ?? 0) + entry.cost > maximumCost
        if isFull {
            _ = state.young.remove(key)
            state.old = state.young
            state.young = Generation()
        }
        state.young.insert(entry, key)
    }
}

/// The prepared statements of one session; the least recently used is deallocated when there are too many.
struct PreparedStatements {
    struct Key: Hashable {
        var text: String
        var types: [UInt32]
    }

    private struct Entry {
        var name: String
        var lastUse: UInt64
    }

    private var entries: [Key: Entry] = [:]
    private var uses: UInt64 = 0
    private let capacity = 256

    mutating func name(of key: Key) -> String? {
        uses += 1
        guard let index = entries.index(forKey: key) else { return nil }
        entries.values[index].lastUse = uses
        return entries.values[index].name
    }

    /// - Returns: The new statement's name, and that of one to deallocate for it.
    mutating func add(_ key: Key) -> (name: String, dropped: String?) {
        uses += 1
        var dropped: String?
        if entries.count >= capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            dropped = entries.removeValue(forKey: oldest.key)?.name
        }
        let name = "s\(uses)"
        entries[key] = Entry(name: name, lastUse: uses)
        return (name, dropped)
    }

    mutating func remove(_ key: Key) { entries[key] = nil }
}

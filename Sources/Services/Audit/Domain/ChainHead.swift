/// How many records the log must hold, and the hash of the last one. Kept apart from the records, so that missing last
/// records are noticed.
struct ChainHead: Hashable, Sendable {
    var records: Int64
    var lastHash: String

    static let empty = ChainHead(records: 0, lastHash: AuditChain.genesis)

    /// The entry as the next record of the chain.
    func next(_ entry: AuditEntry) -> ChainedEntry {
        let sequence = records + 1
        return ChainedEntry(
            sequence: sequence, entry: entry, previousHash: lastHash,
            hash: AuditChain.hash(of: entry, sequence: sequence, previousHash: lastHash))
    }
}

/// An entry with its place in the chain, as it is stored.
struct ChainedEntry: Hashable, Sendable {
    var sequence: Int64
    var entry: AuditEntry
    var previousHash: String
    var hash: String
}

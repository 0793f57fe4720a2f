import Commerce

/// A critical action before it has its place in the chain.
struct AuditEntry: Hashable, Sendable {
    /// The event that told it: every record can be traced back to one.
    var eventID: EventID
    /// `order.placed`, `account.login_failed`, `staff.offers.replaced`
    var action: String
    /// `cus_…`, `system:import`, `anonymous`
    var actor: String
    var subject: String
    var occurredAt: Instant
    /// A JSON object with sorted keys, free of personal data.
    var details: String
}

/// An entry with its place in the chain, as it is stored.
struct ChainedEntry: Hashable, Sendable {
    var sequence: Int64
    var entry: AuditEntry
    var previousHash: String
    var hash: String
}

/// What the log promises to hold: kept apart from the records, so that a cut-off tail is noticed.
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

enum AuditError: Error, Hashable, Sendable {
    /// Nothing may be appended to a chain whose head is gone: somebody has to look at it first.
    case headMissing
    /// Another writer appended between the reading and the writing of the head.
    case headMoved
}

/// Follows a chain record by record and remembers the first fault. Pure, so that it can be fed in batches.
struct ChainVerifier: Sendable {
    /// Records found good so far.
    private(set) var records: Int64 = 0
    private(set) var fault: String?
    private var lastHash: String

    static let missingHead = "The head of the chain is missing."

    /// - Parameters:
    ///   - records: How many records before the first are taken as good.
    ///   - lastHash: Of the last of them.
    init(after records: Int64 = 0, lastHash: String = AuditChain.genesis) {
        self.records = records
        self.lastHash = lastHash
    }

    /// Checks the record with the fault again, which may be repaired by then.
    var resumed: ChainVerifier { ChainVerifier(after: records, lastHash: lastHash) }

    /// Takes the next record by sequence. Nothing is checked after a fault.
    mutating func check(_ record: ChainedEntry) {
        guard fault == nil else { return }
        let expected = records + 1
        guard record.sequence == expected else {
            fault =
                record.sequence > expected
                ? "Record \(expected) is missing: the next one found is \(record.sequence)."
                : "Record \(record.sequence) is out of place: \(expected) was expected."
            return
        }
        guard record.previousHash == lastHash else {
            fault =
                "Record \(expected) does not continue the chain: a record was replaced, moved or removed at this place."
            return
        }
        let hash = AuditChain.hash(of: record.entry, sequence: record.sequence, previousHash: record.previousHash)
        guard record.hash == hash else {
            fault = "Record \(expected) was altered: its hash does not match its content."
            return
        }
        records = expected
        lastHash = hash
    }

    /// Holds the end of the chain against its head, read in the same snapshot as the last records.
    mutating func finish(_ head: ChainHead?) {
        guard fault == nil else { return }
        guard let head else {
            fault = Self.missingHead
            return
        }
        if records < head.records {
            fault = "Record \(records + 1) is missing: the chain should end with record \(head.records)."
        } else if records > head.records {
            fault = "Record \(head.records + 1) is not covered by the head of the chain."
        } else if lastHash != head.lastHash {
            fault = "Record \(records) is not the one the head of the chain names."
        }
    }
}

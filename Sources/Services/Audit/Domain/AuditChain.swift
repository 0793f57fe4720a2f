import Commerce
import Crypto
import ServiceKit

/// How records are chained: each hash covers all fields of its record and the hash before it.
enum AuditChain {
    /// What the first record follows.
    static let genesis = String(repeating: "0", count: 64)

    /// SHA-256 in lower-case hex over the fields, each preceded by its length as eight bytes, big-endian: no two
    /// different records serialise to the same bytes.
    static func hash(of entry: AuditEntry, sequence: Int64, previousHash: String) -> String {
        let fields = [
            "magpie.audit.v1", previousHash, String(sequence), entry.eventID.rawValue, entry.action, entry.actor,
            entry.subject, String(entry.occurredAt.milliseconds), entry.details,
        ]
        var bytes: [UInt8] = []
        for field in fields {
            let text = Array(field.utf8)
            let length = UInt64(text.count)
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: length >> (56 - $0 * 8)) }
            bytes += text
        }
        return hexadecimal(SHA256.hash(data: bytes))
    }
}

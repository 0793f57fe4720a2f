import AuditContract
import RPC
import ServiceKit

/// `AuditTrail` over HTTP.
enum AuditMethods {
    struct Records: Codable, Sendable {
        var action: String?
        var actor: String?
        var page: PageRequest
    }

    static let records = WireMethod<Records, WirePage<AuditRecord>>("audit", "records", repeatable: .always)
    static let verify = WireMethod<Nothing, AuditVerification>(
        "audit", "verify", repeatable: .always, limit: .seconds(10))
}

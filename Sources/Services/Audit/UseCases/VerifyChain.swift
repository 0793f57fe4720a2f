import AuditContract
import Logging
import SQL
import ServiceKit

/// Verifies the chain in batches. Records that arrive meanwhile are verified too.
struct VerifyChain: Sendable {
    let database: any Database
    let logger: Logger

    private static let batch = 1_000

    /// - Returns: How many records are good, and the first fault.
    func run() async throws -> AuditVerification {
        var verifier = ChainVerifier()
        var last = Int64.min
        while verifier.fault == nil {
            try Task.checkCancellation()
            if let deadline = CallContext.current.deadline, deadline < .now { throw ServiceError.deadlineExceeded }
            let after = last
            let (batch, head) = try await database.read { tx in
                (try AuditStore.records(after: after, limit: Self.batch, in: tx), try AuditStore.head(in: tx))
            }
            for record in batch { verifier.check(record) }
            guard let end = batch.last, batch.count == Self.batch else {
                verifier.finish(head)
                return verification(verifier, head)
            }
            last = end.sequence
        }
        return verification(verifier, nil)
    }

    /// The log receives the head too: a copy outside the database.
    private func verification(_ verifier: ChainVerifier, _ head: ChainHead?) -> AuditVerification {
        if let fault = verifier.fault {
            logger.error("The audit chain is broken", metadata: ["audit.fault": "\(fault)"])
        } else {
            logger.info(
                "The audit chain is intact",
                metadata: ["audit.records": "\(verifier.records)", "audit.last_hash": "\(head?.lastHash ?? "")"])
        }
        return AuditVerification(records: verifier.records, intact: verifier.fault == nil, fault: verifier.fault)
    }
}

package import AuditContract
import AuthContract
import Commerce
import EventContract
package import EventLog
package import Logging
package import SQL
package import ServiceKit
package import ServiceLifecycle

/// audit-service: turns every critical action it hears of into one hash-chained record.
package struct AuditService: AuditTrail {
    /// The consumer group, and the name its effects are noted under.
    package static let group = "audit-service"
    package static let topics: [Topic] = [.accounts, .catalogue, .orders, .staff]
    package static let migrations: [Migration] = AuditMigrations.all

    private let database: any Database
    private let log: any EventLog
    private let logger: Logger

    package init(database: any Database, log: any EventLog, logger: Logger) {
        self.database = database
        self.log = log
        self.logger = logger
    }

    /// The consumer.
    package var backgroundServices: [any ServiceLifecycle.Service] {
        [Consumer(group: Self.group, topics: Self.topics, log: log, logger: logger) { try await handle($0) }]
    }

    /// Adds the event's record and its note in one transaction; an event seen before changes nothing.
    package func handle(_ event: Event) async throws {
        let entry = try AuditEntry(event)
        try await database.write { tx in
            guard try Inbox.note(event, consumer: Self.group, retention: event.topic.retention, in: tx) else { return }
            try AuditStore.append(entry, in: tx)
        }
    }

    package func records(
        action: String?, actor: String?, page: PageRequest
    ) async throws -> Page<AuditRecord> {
        try CallContext.current.principal.require(.auditRead)
        guard (1...100).contains(page.limit) else {
            throw ServiceError.invalid("limit", code: "out_of_range", "The limit is 1 to 100.")
        }
        guard let before = page.cursor.map({ Int64($0) }) ?? Int64.max else {
            throw ServiceError.invalid("cursor", code: "invalid_cursor", "Use the next_cursor of an earlier answer.")
        }
        let (found, count) = try await read { tx in
            (
                try AuditStore.page(action: action, actor: actor, before: before, limit: page.limit + 1, in: tx),
                page.wantsCount ? try AuditStore.count(action: action, actor: actor, in: tx) : nil
            )
        }
        let items = Array(found.prefix(page.limit))
        return Page(
            items: items, nextCursor: found.count > page.limit ? items.last.map { String($0.sequence) } : nil,
            count: count)
    }

    /// Reads the chain in batches; records that arrive meanwhile are verified too.
    ///
    /// - Returns: How many records are good, and the first fault.
    package func verify() async throws -> AuditVerification {
        try CallContext.current.principal.require(.auditRead)
        var verifier = ChainVerifier()
        var last = Int64.min
        while verifier.fault == nil {
            try Task.checkCancellation()
            if let deadline = CallContext.current.deadline, deadline < .now { throw ServiceError.deadlineExceeded }
            let after = last
            let (batch, head) = try await read { tx in
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

    private static let batch = 1_000

    /// The head goes to the logs too: a copy that whoever rewrites the database cannot reach.
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

    private func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await atServiceEdge(of: "The audit log", logger) { try await database.read(body) }
    }
}

package import AnalyticsContract
package import Commerce
import Crypto
import EventContract
package import EventLog
package import Logging
import ServiceKit

/// analytics-ingest: checks what browsers and apps tell about visits and puts it on the event log.
package struct AnalyticsIngestService: BehaviourIngest {
    private let log: any EventLog
    private let clock: WallClock
    private let logger: Logger

    package init(log: any EventLog, clock: WallClock = .system, logger: Logger) {
        self.log = log
        self.clock = clock
        self.logger = logger
    }

    package func record(_ events: [BehaviourEvent]) async throws {
        let now = clock.now()
        let faults = BehaviourRules.faults(in: events, at: now)
        guard faults.isEmpty else { throw ServiceError.invalid(faults) }
        let key = CallContext.current.idempotency
        let published = try events.enumerated().map { index, event in
            var published = try Event(BehaviourRecorded(event), source: "analytics-ingest", at: now)
            // A repeated request makes the same ids, and the log stores an id once.
            if let key { published.id = EventID(of: event, number: index, in: key) }
            return published
        }
        do {
            try await log.publish(published)
        } catch let error as CancellationError {
            throw error
        } catch {
            logger.error("Behaviour events could not be stored", metadata: ["error": "\(error)"])
            throw ServiceError.unavailable("The recording of visits")
        }
    }
}

extension EventID {
    fileprivate init(of event: BehaviourEvent, number: Int, in key: IdempotencyKey) {
        let text = "\(key.caller)\n\(key.key)\n\(key.requestHash)\n\(number)"
        let digest = Array(SHA256.hash(data: Array(text.utf8)))
        func bits(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
        self.init(at: event.occurredAt, bits: bits(digest[..<8]), bits(digest[8..<16]))
    }
}

extension BehaviourRecorded {
    fileprivate init(_ event: BehaviourEvent) {
        self.init(
            type: event.type, sessionID: event.sessionID, occurredAt: event.occurredAt,
            properties: BehaviourRules.anonymised(event.properties))
    }
}

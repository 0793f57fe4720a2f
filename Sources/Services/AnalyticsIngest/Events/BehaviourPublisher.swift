import AnalyticsContract
import Commerce
import Crypto
import EventContract
import EventLog
import ServiceKit

/// Publishes behaviour events to the event log.
struct BehaviourPublisher: Sendable {
    let log: any EventLog

    /// - Parameter key: Of the request. A repeated request makes the same ids, and the log stores an id once.
    func publish(_ events: [BehaviourEvent], at now: Instant, key: IdempotencyKey?) async throws {
        let published = try events.enumerated().map { index, event in
            var published = try Event(BehaviourRecorded(event), source: "analytics-ingest", at: now)
            if let key { published.id = EventID(of: event, number: index, in: key) }
            return published
        }
        try await log.publish(published)
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

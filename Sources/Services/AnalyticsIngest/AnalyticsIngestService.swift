import Calls
package import Commerce
import EventContract
package import EventLog
package import InsightsContract
package import Logging

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
        let published = try events.map { event in
            try Event(
                Magpie_Events_V1_BehaviourRecorded(event), source: "analytics-ingest", topic: .behaviour,
                key: event.sessionID, at: now)
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

extension Magpie_Events_V1_BehaviourRecorded {
    init(_ event: BehaviourEvent) {
        self.init()
        type = event.type
        sessionID = event.sessionID
        occurredAtMs = event.occurredAt.milliseconds
        properties = BehaviourRules.anonymised(event.properties)
    }
}

package import Commerce
package import EventLog
package import Logging
import ServiceKit

/// analytics-ingest: checks the behaviour events that browsers and apps report, and publishes them to the event log.
package struct AnalyticsIngestService: Sendable {
    let recordBehaviour: RecordBehaviour
    let clock: WallClock
    let boundary: ErrorBoundary

    package init(log: any EventLog, clock: WallClock = .system, logger: Logger) {
        recordBehaviour = RecordBehaviour(publisher: BehaviourPublisher(log: log), logger: logger)
        self.clock = clock
        boundary = ErrorBoundary(
            of: "The ingest of events", contract: "BehaviourIngest", service: "analytics-ingest", logger: logger)
    }
}

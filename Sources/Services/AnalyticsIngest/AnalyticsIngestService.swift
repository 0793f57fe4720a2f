package import Commerce
package import EventLog
package import Logging

/// analytics-ingest: checks the behaviour events that browsers and apps report, and publishes them to the event log.
package struct AnalyticsIngestService: Sendable {
    let recordBehaviour: RecordBehaviour
    let clock: WallClock

    package init(log: any EventLog, clock: WallClock = .system, logger: Logger) {
        recordBehaviour = RecordBehaviour(publisher: BehaviourPublisher(log: log), logger: logger)
        self.clock = clock
    }
}

package import AnalyticsContract
import Commerce
import ServiceKit

extension AnalyticsIngestService: BehaviourIngest {
    package func record(_ events: [BehaviourEvent]) async throws {
        let now = clock.now()
        try BehaviourRules.faults(in: events, at: now).check()
        try await recordBehaviour(events, at: now, key: CallContext.current.idempotency)
    }
}

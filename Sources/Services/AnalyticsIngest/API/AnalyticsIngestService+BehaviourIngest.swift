package import AnalyticsContract
import Commerce
import ServiceKit

extension AnalyticsIngestService: BehaviourIngest {
    package func record(_ events: [BehaviourEvent]) async throws {
        let now = clock.now()
        let faults = BehaviourRules.faults(in: events, at: now)
        guard faults.isEmpty else { throw ServiceError.invalid(faults) }
        try await recordBehaviour(events, at: now, key: CallContext.current.idempotency)
    }
}

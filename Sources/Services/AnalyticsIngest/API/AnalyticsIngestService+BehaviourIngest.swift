package import AnalyticsContract
import Commerce
import ServiceKit

extension AnalyticsIngestService: BehaviourIngest {
    package func record(_ events: [BehaviourEvent]) async throws {
        try await boundary.call {
            let now = clock.now()
            try BehaviourRules.faults(in: events, at: now).check()
            try await recordBehaviour.run(events, at: now, key: CallContext.current.idempotency)
        }
    }
}

package import AnalyticsContract

package struct IngestDouble: BehaviourIngest {
    package var recorder: CallRecorder

    package init(recorder: CallRecorder = CallRecorder()) {
        self.recorder = recorder
    }

    package func record(_ events: [BehaviourEvent]) async throws { try await recorder.note("record", events) }
}

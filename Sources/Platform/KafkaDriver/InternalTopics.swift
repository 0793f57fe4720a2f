import EventLog
import Logging
import ServiceKit
import Synchronization

/// The topics that only Magpie itself uses: keeps the dead letters in memory, and passes on operators' requests to running
/// consumers. Starts when it is needed.
final class InternalTopics: Sendable {
    private enum Phase {
        case idle
        case running(InternalTopicReader, PollingThread)
        case closed
    }

    private let settings: KafkaSettings
    private let logger: Logger
    private let rewind: @Sendable (ControlRecord) -> Void
    private let phase = Mutex(Phase.idle)

    /// - Parameter rewind: Called on the polling thread for every group that is to be read again from the beginning.
    init(_ settings: KafkaSettings, logger: Logger, rewind: @escaping @Sendable (ControlRecord) -> Void) {
        self.settings = settings
        self.logger = logger
        self.rewind = rewind
    }

    @discardableResult
    func start() throws -> Monitor<InternalTopicReader.State> {
        try phase.withLock { phase in
            switch phase {
            case .running(let reader, _): return reader.state
            case .closed: throw KafkaError(.closed, "the event log is closed")
            case .idle:
                let reader = try InternalTopicReader(settings, logger: logger, rewind: rewind)
                let thread = PollingThread(
                    "kafka internal", wake: reader.client.wake, step: reader.step, end: reader.end)
                phase = .running(reader, thread)
                return reader.state
            }
        }
    }

    /// The dead letters up to this offset, and at least those that existed at the start.
    ///
    /// Throws `ServiceError.unavailable` when they cannot be read within ten seconds.
    func deadLetters(upTo end: Int64 = 0) async throws -> DeadLetterIndex {
        let state = try start()
        func isComplete(_ state: InternalTopicReader.State) -> Bool {
            state.endAtStart.map { state.deadLetters.next >= max($0, end) } ?? false
        }
        try await state.wait(until: .now + .seconds(10)) { $0.isClosed || isComplete($0) }
        let now = state.read { $0 }
        if now.isClosed { throw KafkaError(.closed, "the event log is closed") }
        guard isComplete(now) else { throw ServiceError.unavailable("Kafka") }
        return now.deadLetters
    }

    func close() async {
        let thread: PollingThread? = phase.withLock { phase in
            defer { phase = .closed }
            guard case .running(_, let thread) = phase else { return nil }
            return thread
        }
        await thread?.stop()
    }
}

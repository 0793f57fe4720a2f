import EventLog
import Logging
import ServiceKit
import Synchronization

/// Keeps the dead letters in memory, and hears what operators want of running consumers. Starts when it is needed.
final class KafkaFollower: Sendable {
    private enum Phase {
        case idle
        case running(TopicReader, PollingThread)
        case closed
    }

    private let settings: KafkaSettings
    private let logger: Logger
    private let rewind: @Sendable (ControlRecord) -> Void
    private let phase = Mutex(Phase.idle)

    /// - Parameter rewind: Called, on a thread of ours, for every group that is to be set back.
    init(_ settings: KafkaSettings, logger: Logger, rewind: @escaping @Sendable (ControlRecord) -> Void) {
        self.settings = settings
        self.logger = logger
        self.rewind = rewind
    }

    @discardableResult
    func start() throws -> Watched<TopicReader.State> {
        try phase.withLock { phase in
            switch phase {
            case .running(let reader, _): return reader.state
            case .closed: throw KafkaError(.closed, "the event log is closed")
            case .idle:
                let reader = try TopicReader(settings, logger: logger, rewind: rewind)
                let thread = PollingThread(
                    "kafka letters", wake: reader.client.wake, step: reader.step, end: reader.end)
                phase = .running(reader, thread)
                return reader.state
            }
        }
    }

    /// The letters up to this offset, and at least those there were at the start.
    ///
    /// Throws `ServiceError.unavailable` when they cannot be read within ten seconds.
    func letters(upTo end: Int64 = 0) async throws -> LetterBox {
        let state = try start()
        func isThere(_ state: TopicReader.State) -> Bool {
            state.endAtStart.map { state.letters.next >= max($0, end) } ?? false
        }
        try await state.wait(until: .now + .seconds(10)) { $0.isClosed || isThere($0) }
        let now = state.read { $0 }
        if now.isClosed { throw KafkaError(.closed, "the event log is closed") }
        guard isThere(now) else { throw ServiceError.unavailable("Kafka") }
        return now.letters
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

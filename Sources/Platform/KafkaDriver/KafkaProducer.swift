import Logging
import ServiceKit
import Synchronization

/// The one producer of the process: idempotent, and returns only when the brokers have acknowledged every record.
final class KafkaProducer: Sendable {
    private struct Running {
        var client: KafkaClient
        var thread: PollingThread
    }

    private let settings: KafkaSettings
    private let logger: Logger
    /// Nil when closed.
    private let running: Mutex<Running?>

    init(_ settings: KafkaSettings, logger: Logger) throws(KafkaError) {
        self.settings = settings
        self.logger = logger
        running = Mutex(try Self.start(settings, logger))
    }

    private static func start(_ settings: KafkaSettings, _ logger: Logger) throws(KafkaError) -> Running {
        let client = try KafkaClient(.producer, settings.producerProperties, KafkaCallbacks(logger: logger))
        let thread = PollingThread(
            "kafka producer", wake: client.wake, step: client.servePublishing, end: client.flush)
        return Running(client: client, thread: thread)
    }

    /// For queries that any client may make. Throws when closed.
    func client() throws -> KafkaClient { try current().client }

    /// Returns when the brokers have all records; those with one key are in order. A send in progress is not cancelled: the
    /// delivery timeout bounds it.
    ///
    /// - Returns: The last record's offset. Throws `ServiceError.unavailable`, or `KafkaError` for records that the brokers
    ///   refuse.
    @discardableResult
    func send(_ records: [KafkaRecord]) async throws -> Int64 {
        try Task.checkCancellation()
        let running = try current()
        let delivery = Delivery()
        let refusal = await enqueue(records, running.client, delivery)
        do throws(KafkaFailure) {
            let offset = try await delivery.outcome()
            if let refusal { throw refusal }
            return offset
        } catch {
            logger.warning(
                "Publishing failed", metadata: ["records": "\(records.count)", "error": "\(error.name)"])
            if running.client.isBroken { try replace(running) }
            throw error.error
        }
    }

    /// Waits while the queue of the client is full, at most for the delivery timeout.
    private func enqueue(
        _ records: [KafkaRecord], _ client: KafkaClient, _ delivery: Delivery
    ) async -> KafkaFailure? {
        let deadline = ContinuousClock.now + settings.deliveryTimeout
        for record in records {
            while true {
                do throws(KafkaFailure) {
                    try record.enqueue(client, reportTo: delivery)
                    break
                } catch {
                    guard error.isFullQueue, ContinuousClock.now < deadline else { return error }
                    do {
                        try await Task.sleep(for: .milliseconds(10))  // librdkafka does not report when there is room.
                    } catch {
                        return KafkaFailure.timedOut
                    }
                }
            }
        }
        return nil
    }

    private func current() throws(KafkaError) -> Running {
        guard let running = running.withLock({ $0 }) else { throw KafkaError(.closed, "the event log is closed") }
        return running
    }

    /// A producer cannot be used after a fatal error: the next publish gets a new one.
    private func replace(_ broken: Running) throws {
        try running.withLock { running throws(KafkaError) in
            guard running?.client === broken.client else { return }
            running = try Self.start(settings, logger)
        }
        broken.thread.beginStopping()
    }

    /// Waits for the deliveries in flight, five seconds at most.
    func close() async {
        let last = running.withLock { running in
            defer { running = nil }
            return running
        }
        await last?.thread.stop()
    }
}

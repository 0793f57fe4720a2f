import CKafka
import Synchronization

/// The delivery reports of the records of one publish.
final class Delivery: Sendable {
    private struct State {
        var waiting = 0
        var failure: KafkaFailure?
        var lastOffset: Int64 = -1
        var continuation: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Retained for one record, until its report arrives.
    func expectReport() -> Unmanaged<Delivery> {
        state.withLock { $0.waiting += 1 }
        return Unmanaged.passRetained(self)
    }

    /// No report will come: the record was not accepted.
    func withdraw(_ report: Unmanaged<Delivery>) {
        state.withLock { $0.waiting -= 1 }
        report.release()
    }

    /// Waits for every report, which the delivery timeout bounds.
    ///
    /// - Returns: The offset of the last record. Throws the first failure.
    func outcome() async throws(KafkaFailure) -> Int64 {
        await withCheckedContinuation { continuation in
            let isComplete = state.withLock { state in
                if state.waiting > 0 { state.continuation = continuation }
                return state.waiting == 0
            }
            if isComplete { continuation.resume() }
        }
        let (failure, offset) = state.withLock { ($0.failure, $0.lastOffset) }
        if let failure { throw failure }
        return offset
    }

    private func report(_ failure: KafkaFailure?, offset: Int64) {
        let continuation = state.withLock { state in
            state.waiting -= 1
            state.failure = state.failure ?? failure
            state.lastOffset = max(state.lastOffset, offset)
            guard state.waiting == 0 else { return CheckedContinuation<Void, Never>?.none }
            defer { state.continuation = nil }
            return state.continuation
        }
        continuation?.resume()
    }

    /// librdkafka calls it from within a poll, once for each record.
    static let callback:
        @convention(c) (OpaquePointer?, UnsafePointer<rd_kafka_message_t>?, UnsafeMutableRawPointer?) -> Void = {
            client, message, _ in
            guard let message = message?.pointee, let report = message._private else { return }
            let failure = KafkaFailure(message.err)
            if failure?.code == RD_KAFKA_RESP_ERR__MSG_TIMED_OUT {
                // Later records must not be published before this one is published again: keys stay in order.
                rd_kafka_purge(client, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_NON_BLOCKING)
            }
            Unmanaged<Delivery>.fromOpaque(report).takeRetainedValue().report(failure, offset: message.offset)
        }
}

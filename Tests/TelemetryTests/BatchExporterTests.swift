import CoreMetrics
import Logging
import Observability
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@testable import Telemetry

/// Batches, repetitions and losses, with a receiver whose answers are set and pauses that do not wait.
@Suite struct BatchExporterTests {
    /// Answers in turn; then always the same.
    private final class Receiver: Sendable {
        private let answers: Mutex<[ExportOutcome]>
        private let received = Mutex<[[Int]]>([])
        private let waits = Mutex<[Duration]>([])

        private let last: ExportOutcome

        init(_ answers: [ExportOutcome] = [], then last: ExportOutcome = .accepted(rejected: 0)) {
            self.answers = Mutex(answers)
            self.last = last
        }

        var batches: [[Int]] { received.withLock { $0 } }
        var pauses: [Duration] { waits.withLock { $0 } }

        func take(_ batch: [Int]) -> ExportOutcome {
            received.withLock { $0.append(batch) }
            return answers.withLock { $0.isEmpty ? last : $0.removeFirst() }
        }

        func note(_ pause: Duration) { waits.withLock { $0.append(pause) } }
    }

    private let registry = PrometheusRegistry(service: "test", declared: ExporterMetrics.all)
    private let logs = LogLines()

    private func exporter(
        _ queue: ExportQueue<Int>, _ receiver: Receiver, schedule: ExportSchedule = ExportSchedule()
    ) -> BatchExporter<Int> {
        BatchExporter(
            queue, "numbers", schedule: schedule,
            metrics: ExporterMetrics.handles(service: "test", limit: queue.limit, in: registry), logger: logs.logger,
            pause: { receiver.note($0) }
        ) { batch, _ in receiver.take(batch) }
    }

    private func count(_ name: String) -> Double? { registry.render().value(of: "\(name){service=\"test\"}") }

    private func filled(_ count: Int, limit: Int = 100, batch: Int = 10) -> ExportQueue<Int> {
        let queue = ExportQueue<Int>(limit: limit, batch: batch)
        for number in 0..<count { queue.add(number) }
        return queue
    }

    @Test func batchesLeaveInOrder() async {
        let (queue, receiver) = (filled(25), Receiver())
        let exporter = exporter(queue, receiver)
        for _ in 0..<4 { await exporter.exportNext(until: .now.advanced(by: .seconds(60))) }
        #expect(receiver.batches == [Array(0..<10), Array(10..<20), Array(20..<25)])
        #expect(count("magpie_traces_spans_exported_total") == 25)
        #expect(count("magpie_traces_queue_limit") == 100)
    }

    @Test func aFullQueueDropsAndCounts() async {
        let (queue, receiver) = (filled(130), Receiver())
        await exporter(queue, receiver).exportNext(until: .now.advanced(by: .seconds(60)))
        #expect(receiver.batches == [Array(0..<10)], "The oldest are kept.")
        #expect(queue.count == 90)
        #expect(count("magpie_traces_spans_dropped_total") == 30)
        #expect(logs.all.contains { $0.contains("Telemetry was dropped") && $0.contains("\"count\":30") })
    }

    @Test func whatCannotBeTakenNowIsSentAgain() async {
        let receiver = Receiver([
            .unavailable(reason: "503", pause: .seconds(7)), .unavailable(reason: "503", pause: nil),
            .accepted(rejected: 0),
        ])
        await exporter(filled(3), receiver).exportNext(until: .now.advanced(by: .seconds(60)))
        #expect(receiver.batches == [[0, 1, 2], [0, 1, 2], [0, 1, 2]])
        #expect(receiver.pauses.first == .seconds(7), "as the receiver asked")
        #expect(receiver.pauses.count == 2 && receiver.pauses[1] <= .seconds(2))
        #expect(count("magpie_traces_spans_exported_total") == 3)
        #expect(count("magpie_traces_spans_dropped_total") == 0)
    }

    @Test func whatIsRefusedIsNotSentAgain() async {
        let receiver = Receiver([.refused(reason: "400")])
        await exporter(filled(3), receiver).exportNext(until: .now.advanced(by: .seconds(60)))
        #expect(receiver.batches.count == 1)
        #expect(count("magpie_traces_spans_dropped_total") == 3)
    }

    @Test func whatIsRejectedOfABatchIsCounted() async {
        await exporter(filled(10), Receiver([.accepted(rejected: 4)])).exportNext(
            until: .now.advanced(by: .seconds(60)))
        #expect(count("magpie_traces_spans_exported_total") == 6)
        #expect(count("magpie_traces_spans_dropped_total") == 4)
    }

    @Test func aBatchIsAbandonedWhenItsTimeIsOver() async {
        let receiver = Receiver([.unavailable(reason: "503", pause: .seconds(600))])
        await exporter(filled(3), receiver).exportNext(until: .now.advanced(by: .seconds(60)))
        #expect(receiver.batches.count == 1 && receiver.pauses == [])
        #expect(count("magpie_traces_spans_dropped_total") == 3)
    }

    @Test func pausesGrowAndAreBounded() {
        let schedule = ExportSchedule()
        for attempt in 1...40 {
            let pause = schedule.pause(after: attempt)
            #expect(pause >= .milliseconds(100) && pause <= .seconds(30))
        }
        #expect(schedule.pause(after: 1) <= .seconds(1))
    }

    @Test(.timeLimit(.minutes(1))) func theRestLeavesAtShutdown() async throws {
        let (queue, receiver) = (filled(25), Receiver())
        let exporter = exporter(queue, receiver, schedule: ExportSchedule(delay: .seconds(3_600)))
        let group = ServiceGroup(configuration: .init(services: [exporter], logger: logs.logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            while receiver.batches.isEmpty { await Task.yield() }
            for number in 25..<28 { queue.add(number) }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        #expect(receiver.batches.flatMap(\.self) == Array(0..<28))
        #expect(queue.count == 0)
    }

    @Test(.timeLimit(.minutes(1))) func anUnavailableReceiverDoesNotHoldUpAShutdown() async throws {
        let receiver = Receiver(then: .unavailable(reason: "503", pause: .milliseconds(1)))
        let exporter = exporter(
            filled(25), receiver,
            schedule: ExportSchedule(delay: .seconds(3_600), longestRetry: .seconds(3_600), flush: .milliseconds(50)))
        let group = ServiceGroup(configuration: .init(services: [exporter], logger: logs.logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            while receiver.batches.isEmpty { await Task.yield() }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        #expect(count("magpie_traces_spans_dropped_total") == 25)
    }

    @Test(.timeLimit(.minutes(1))) func aReceiverThatHangsDoesNotHoldUpAShutdown() async throws {
        let attempts = Mutex(0)
        let exporter = BatchExporter<Int>(
            filled(25), "numbers", schedule: ExportSchedule(delay: .seconds(3_600), flush: .milliseconds(200)),
            metrics: ExporterMetrics.handles(service: "test", limit: 100, in: registry), logger: logs.logger
        ) { _, _ in
            attempts.withLock { $0 += 1 }
            try? await Task.sleep(for: .seconds(3_600))
            return .unavailable(reason: "timeout", pause: nil)
        }
        let group = ServiceGroup(configuration: .init(services: [exporter], logger: logs.logger))
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            while attempts.withLock({ $0 }) == 0 { await Task.yield() }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        #expect(start.duration(to: .now) < .seconds(20))
        #expect(count("magpie_traces_spans_dropped_total") == 25)
    }
}

import Commerce
import CoreMetrics
package import Logging
import ServiceKit
import ServiceLifecycle

/// Sends what a queue holds, a batch at a time: when there is a whole one, and after `delay` at the latest. A batch that the
/// receiver cannot take now is sent again, while the queue fills and then drops. At graceful shutdown the attempt in
/// flight and the rest have a bounded time.
package struct BatchExporter<Item: Sendable>: Service {
    /// Sends one batch.
    package typealias Send = @Sendable (_ batch: [Item], _ timeout: Duration) async -> ExportOutcome

    /// The handles of its metrics.
    package struct Metrics: Sendable {
        var exported: any CounterHandler
        var dropped: any CounterHandler
        var waiting: any MeterHandler
    }

    private let queue: ExportQueue<Item>
    private let schedule: ExportSchedule
    private let what: String
    private let metrics: Metrics?
    private let logger: Logger
    private let pause: @Sendable (Duration) async -> Void
    private let send: Send
    private let stop = StopTime()

    /// - Parameters:
    ///   - what: What the log calls the items: `spans`.
    ///   - pause: Waits before the next attempt; ends early when the task is cancelled.
    package init(
        _ queue: ExportQueue<Item>, _ what: String, schedule: ExportSchedule, metrics: Metrics? = nil, logger: Logger,
        pause: @escaping @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) }, send: @escaping Send
    ) {
        self.queue = queue
        self.what = what
        self.schedule = schedule
        self.metrics = metrics
        self.logger = logger
        self.pause = pause
        self.send = send
    }

    package func run() async throws {
        await RecordingTracer.$isExporting.withValue(true) {
            while !Task.isShuttingDownGracefully, !Task.isCancelled {
                let seen = queue.filled.count
                if queue.count < queue.batch {
                    await cancelWhenGracefulShutdown { await queue.filled.wait(after: seen, for: schedule.delay) }
                }
                if Task.isShuttingDownGracefully { break }
                await exportNext(until: .now.advanced(by: schedule.longestRetry))
            }
            let deadline = ContinuousClock.now.advanced(by: stop.begin().rest(of: schedule.flush))
            while queue.count > 0, ContinuousClock.now < deadline, !Task.isCancelled {
                await exportNext(until: deadline)
            }
            note(lost: queue.count, "the process stopped")
        }
    }

    /// Takes a batch, and sends it until it is accepted or refused, or the time is over.
    package func exportNext(until deadline: ContinuousClock.Instant) async {
        let dropped = queue.takeDropped()
        if dropped > 0 { note(lost: dropped, "the queue was full") }
        let batch = queue.take()
        metrics?.waiting.set(Int64(queue.count))
        guard !batch.isEmpty else { return }
        var (number, deadline) = (1, deadline)
        var isLast = Task.isShuttingDownGracefully
        while true {
            if !isLast, Task.isShuttingDownGracefully {
                isLast = true
                deadline = min(deadline, .now.advanced(by: stop.begin().rest(of: schedule.flush)))
            }
            let rest = ContinuousClock.now.duration(to: deadline)
            let outcome = await attempt(batch, min(schedule.timeout, max(rest, .milliseconds(1))))
            switch outcome {
            case .accepted(let rejected):
                metrics?.exported.increment(by: Int64(batch.count - rejected))
                return note(lost: rejected, "the receiver rejected them")
            case .refused(let reason): return note(lost: batch.count, reason)
            case .unavailable(let reason, let asked):
                let wait = asked ?? schedule.pause(after: number)
                guard !Task.isCancelled, ContinuousClock.now.advanced(by: wait) < deadline, await waits(wait) else {
                    return note(lost: batch.count, reason)
                }
                number += 1
            }
        }
    }

    /// Sends the batch; once the process stops, for as long as a flush may take.
    private func attempt(_ batch: [Item], _ timeout: Duration) async -> ExportOutcome {
        await withTaskGroup(of: ExportOutcome?.self) { group in
            group.addTask { await send(batch, timeout) }
            group.addTask {
                guard (try? await gracefulShutdown()) != nil else { return nil }
                guard (try? await Task.sleep(for: stop.begin().rest(of: schedule.flush))) != nil else { return nil }
                return .unavailable(reason: "the process stopped", pause: nil)
            }
            defer { group.cancelAll() }
            for await case let outcome? in group { return outcome }
            return .unavailable(reason: "cancelled", pause: nil)
        }
    }

    /// Waits before the next attempt. A graceful shutdown ends a wait early, once: after that its deadline is the bound.
    ///
    /// - Returns: False when the task is cancelled.
    private func waits(_ duration: Duration) async -> Bool {
        if Task.isShuttingDownGracefully {
            await pause(duration)
        } else {
            await cancelWhenGracefulShutdown { await pause(duration) }
        }
        return !Task.isCancelled
    }

    private func note(lost count: Int, _ reason: String) {
        guard count > 0 else { return }
        metrics?.dropped.increment(by: Int64(count))
        logger.warning(
            "Telemetry was dropped",
            metadata: ["telemetry.what": "\(what)", "count": .stringConvertible(count), "reason": "\(reason)"])
    }
}

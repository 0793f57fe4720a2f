import CoreMetrics
import Synchronization

/// One labelled series of a metric family that can write itself in the Prometheus text format.
protocol Series: AnyObject, Sendable {
    func render(name: String, labels: String, into text: inout String)
}

/// A count that only grows.
final class CounterSeries: CounterHandler, FloatingPointCounterHandler, Series {
    private let value = Mutex(0.0)

    func increment(by amount: Int64) { increment(by: Double(amount)) }
    func increment(by amount: Double) { if amount > 0 { value.withLock { $0 += amount } } }
    func reset() { value.withLock { $0 = 0 } }

    func render(name: String, labels: String, into text: inout String) {
        text += "\(name)\(braced(labels)) \(number(value.withLock { $0 }))\n"
    }
}

/// A value that goes up and down.
final class GaugeSeries: MeterHandler, RecorderHandler, Series {
    private let value = Mutex(0.0)

    func set(_ newValue: Int64) { set(Double(newValue)) }
    func set(_ newValue: Double) { value.withLock { $0 = newValue } }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }
    func record(_ newValue: Int64) { set(Double(newValue)) }
    func record(_ newValue: Double) { set(newValue) }

    func render(name: String, labels: String, into text: inout String) {
        text += "\(name)\(braced(labels)) \(number(value.withLock { $0 }))\n"
    }
}

/// Observations sorted into buckets; timers observe seconds.
final class HistogramSeries: RecorderHandler, TimerHandler, Series {
    /// Upper bounds in seconds: OpenTelemetry's advice for `http.server.request.duration`, and finer below 5 ms.
    static let bounds: [Double] = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
    ]
    private static let boundLabels = bounds.map(number) + ["+Inf"]

    private struct State {
        var counts = [UInt64](repeating: 0, count: HistogramSeries.bounds.count + 1)
        var sum = 0.0
    }
    private let state = Mutex(State())

    func record(_ value: Int64) { record(Double(value)) }
    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Double) {
        guard value.isFinite else { return }
        let bucket = Self.bounds.firstIndex { value <= $0 } ?? Self.bounds.count
        state.withLock {
            $0.counts[bucket] += 1
            $0.sum += value
        }
    }

    func render(name: String, labels: String, into text: inout String) {
        let now = state.withLock { $0 }
        let prefix = labels.isEmpty ? "" : labels + ","
        var total: UInt64 = 0
        for (label, count) in zip(Self.boundLabels, now.counts) {
            total += count
            text += "\(name)_bucket{\(prefix)le=\"\(label)\"} \(total)\n"
        }
        text += "\(name)_sum\(braced(labels)) \(number(now.sum))\n\(name)_count\(braced(labels)) \(total)\n"
    }
}

private func braced(_ labels: String) -> String { labels.isEmpty ? "" : "{\(labels)}" }

/// A number as Prometheus reads it, whole ones without a fraction.
func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    return Int64(exactly: value).map(String.init) ?? value.description
}

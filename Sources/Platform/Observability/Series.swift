import CoreMetrics
import ServiceKit
import Synchronization

/// One labelled series of a metric.
protocol Series: AnyObject, Sendable {
    func samples() -> [Sample]
    var value: MetricSample.Value { get }
}

/// A count that only grows.
final class CounterSeries: CounterHandler, FloatingPointCounterHandler, Series {
    private let state = Mutex(0.0)

    func increment(by amount: Int64) { increment(by: Double(amount)) }
    func increment(by amount: Double) { if amount > 0 { state.withLock { $0 += amount } } }
    func reset() { state.withLock { $0 = 0 } }

    func samples() -> [Sample] { [Sample(suffix: "_total", value: state.withLock { $0 })] }
    var value: MetricSample.Value { .number(state.withLock { $0 }) }
}

/// A value that goes up and down.
final class GaugeSeries: MeterHandler, RecorderHandler, Series {
    private let state = Mutex(0.0)

    func set(_ newValue: Int64) { set(Double(newValue)) }
    func set(_ newValue: Double) { state.withLock { $0 = newValue } }
    func increment(by amount: Double) { state.withLock { $0 += amount } }
    func decrement(by amount: Double) { state.withLock { $0 -= amount } }
    func record(_ newValue: Int64) { set(Double(newValue)) }
    func record(_ newValue: Double) { set(newValue) }

    func samples() -> [Sample] { [Sample(suffix: "", value: state.withLock { $0 })] }
    var value: MetricSample.Value { .number(state.withLock { $0 }) }
}

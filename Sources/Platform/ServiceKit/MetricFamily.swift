package import CoreMetrics
import Synchronization

/// The handles of one metric and one service, made once for each combination of label values.
package final class MetricFamily<Handler: Sendable>: Sendable {
    private let make: @Sendable ([String]) -> Handler
    private let handles = Mutex<[[String]: Handler]>([:])

    fileprivate init(make: @escaping @Sendable ([String]) -> Handler) { self.make = make }

    /// The handle of one series.
    ///
    /// - Parameter values: One for each label of the metric, in their order.
    package subscript(values: String...) -> Handler {
        handles.withLock { handles in
            if let handle = handles[values] { return handle }
            let handle = make(values)
            handles[values] = handle
            return handle
        }
    }
}

extension Metric {
    package func counters(
        service: String, in factory: any MetricsFactory = MetricsSystem.factory
    ) -> MetricFamily<any CounterHandler> {
        MetricFamily { counter(service: service, $0, in: factory) }
    }

    package func gauges(
        service: String, in factory: any MetricsFactory = MetricsSystem.factory
    ) -> MetricFamily<any MeterHandler> {
        MetricFamily { gauge(service: service, $0, in: factory) }
    }

    package func timers(
        service: String, in factory: any MetricsFactory = MetricsSystem.factory
    ) -> MetricFamily<any TimerHandler> {
        MetricFamily { timer(service: service, $0, in: factory) }
    }
}

extension TimerHandler {
    package func record(_ duration: Duration) { recordNanoseconds(duration.nanoseconds) }
}

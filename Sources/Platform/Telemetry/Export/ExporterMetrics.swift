import CoreMetrics
package import ServiceKit

/// The metrics of the exporter of spans.
package enum ExporterMetrics {
    static let exported = Metric(
        .counter, "magpie.traces.spans_exported", help: "Spans that the receiver has accepted.")
    static let dropped = Metric(
        .counter, "magpie.traces.spans_dropped",
        help: "Spans that were lost: the queue was full, or the receiver did not take them.")
    static let waiting = Metric(.gauge, "magpie.traces.queue_spans", help: "Spans that wait to be exported.")
    static let mostWaiting = Metric(
        .gauge, "magpie.traces.queue_limit", help: "The most spans that wait to be exported.")

    package static let all = [exported, dropped, waiting, mostWaiting]

    static func handles<Item>(
        service: String, limit: Int, in factory: any MetricsFactory
    ) -> BatchExporter<Item>.Metrics {
        mostWaiting.gauge(service: service, in: factory).set(Int64(limit))
        return BatchExporter<Item>.Metrics(
            exported: exported.counter(service: service, in: factory),
            dropped: dropped.counter(service: service, in: factory),
            waiting: waiting.gauge(service: service, in: factory))
    }
}

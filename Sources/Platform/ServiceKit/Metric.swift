package import CoreMetrics

/// A metric as it is declared, once: what is exported is declared, and what is not declared is not exported.
///
/// Every series has the label `service`, and the labels of its metric. The values of labels are bounded: no client chooses
/// one.
package struct Metric: Hashable, Sendable {
    package enum Kind: String, Codable, Sendable { case counter, gauge, histogram }

    /// In OpenTelemetry's spelling, without the unit: `http.server.request.duration`.
    package let name: String
    package let kind: Kind
    /// As UCUM has it, such as `s` and `By`; a word in braces, such as `{order}`, counts things and is not part of the
    /// exported name.
    package let unit: String
    /// In OpenTelemetry's spelling, `service` excluded.
    package let labels: [String]
    /// The upper bounds of a histogram's buckets, without infinity.
    package let bounds: [Double]
    package let help: String

    /// The bounds that the semantic conventions advise for durations, in seconds:
    /// https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
    package static let durationBounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

    package init(
        _ kind: Kind, _ name: String, unit: String = "", labels: [String] = [], bounds: [Double] = durationBounds,
        help: String
    ) {
        self.name = name
        self.kind = kind
        self.unit = unit
        self.labels = labels
        self.bounds = kind == .histogram ? bounds : []
        self.help = help
    }

    /// - Parameter values: One for each of ``labels``, in their order.
    package func counter(
        service: String, _ values: [String] = [], in factory: any MetricsFactory = MetricsSystem.factory
    ) -> any CounterHandler {
        factory.makeCounter(label: name, dimensions: dimensions(service, values, .counter))
    }

    /// - Parameter values: One for each of ``labels``, in their order.
    package func gauge(
        service: String, _ values: [String] = [], in factory: any MetricsFactory = MetricsSystem.factory
    ) -> any MeterHandler {
        factory.makeMeter(label: name, dimensions: dimensions(service, values, .gauge))
    }

    /// A histogram of durations.
    ///
    /// - Parameter values: One for each of ``labels``, in their order.
    package func timer(
        service: String, _ values: [String] = [], in factory: any MetricsFactory = MetricsSystem.factory
    ) -> any TimerHandler {
        factory.makeTimer(label: name, dimensions: dimensions(service, values, .histogram))
    }

    private func dimensions(_ service: String, _ values: [String], _ kind: Kind) -> [(String, String)] {
        precondition(kind == self.kind && values.count == labels.count, "\(name) is declared in another way")
        return [("service", service)] + zip(labels, values).map { ($0, $1) }
    }
}

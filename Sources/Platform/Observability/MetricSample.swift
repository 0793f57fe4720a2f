/// The value of one series at one moment.
package struct MetricSample: Sendable {
    /// Of a counter or a gauge the number, of a histogram its buckets.
    package enum Value: Sendable {
        case number(Double)
        case distribution(Distribution)
    }

    /// By their declared names, such as `http.route`; every series has `service`.
    package let labels: [String: String]
    package let value: Value

    package init(labels: [String: String], value: Value) {
        self.labels = labels
        self.value = value
    }
}

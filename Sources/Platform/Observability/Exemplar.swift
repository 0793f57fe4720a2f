import Commerce
import ServiceKit

/// An observation of a histogram and the span in which it was made.
struct Exemplar {
    let traceID: String
    let spanID: String
    let value: Double
    let time: Instant

    /// Nil when the call in progress is not sampled: its trace cannot be looked up.
    init?(_ value: Double) {
        let trace = CallContext.current.trace
        guard trace.sampled else { return nil }
        (traceID, spanID, self.value, time) = (trace.traceID, trace.spanID, value, .now)
    }

    /// Seconds since 1970.
    var timestamp: String {
        let fraction = String(time.milliseconds % 1_000)
        return "\(time.milliseconds / 1_000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
    }
}

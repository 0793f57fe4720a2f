import CoreMetrics
import ServiceKit
import Synchronization

/// Observations sorted into buckets; timers observe seconds. Each bucket keeps its last exemplar.
final class HistogramSeries: RecorderHandler, TimerHandler, Series {
    private struct State {
        var counts: [UInt64]
        var exemplars: [Exemplar?]
        var sum = 0.0
    }
    private let bounds: [Double]
    private let state: Mutex<State>

    /// - Parameter bounds: The buckets' upper bounds, without infinity.
    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(
            State(
                counts: Array(repeating: 0, count: bounds.count + 1),
                exemplars: Array(repeating: nil, count: bounds.count + 1)))
    }

    func record(_ value: Int64) { record(Double(value)) }
    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Double) {
        guard value.isFinite else { return }
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        let exemplar = Exemplar(value)
        state.withLock {
            $0.counts[bucket] += 1
            $0.sum += value
            if let exemplar { $0.exemplars[bucket] = exemplar }
        }
    }

    var value: MetricSample.Value {
        .distribution(Distribution(bounds: bounds, counts: state.withLock { $0.counts }))
    }

    func samples() -> [Sample] {
        let now = state.withLock { $0 }
        var total: UInt64 = 0
        var samples: [Sample] = []
        for (index, count) in now.counts.enumerated() {
            total += count
            let bound = index < bounds.count ? bounds[index].description : "+Inf"
            samples.append(
                Sample(suffix: "_bucket", bound: bound, value: Double(total), exemplar: now.exemplars[index]))
        }
        return samples + [Sample(suffix: "_sum", value: now.sum), Sample(suffix: "_count", value: Double(total))]
    }
}

/// Observations sorted into the buckets of a histogram.
package struct Distribution: Hashable, Sendable {
    /// The upper bounds of the buckets, ascending, without infinity.
    package let bounds: [Double]
    /// The observations in each bucket, and in the last one those above every bound.
    package let counts: [UInt64]

    /// - Parameter counts: One more than there are bounds.
    package init(bounds: [Double], counts: [UInt64]) {
        precondition(counts.count == bounds.count + 1, "a histogram has one bucket more than bounds")
        self.bounds = bounds
        self.counts = counts
    }

    /// The number of observations.
    package var count: UInt64 { counts.reduce(0, +) }

    /// An estimate of the value that a share of the observations does not exceed, as Prometheus's `histogram_quantile`
    /// makes it: within a bucket they are taken as evenly spread.
    ///
    /// - Parameter share: From 0 to 1.
    /// - Returns: Nil without observations; infinity when the value is above every bound.
    package func quantile(_ share: Double) -> Double? {
        let rank = share * Double(count)
        guard rank > 0 else { return nil }
        var below = 0.0
        for (index, bound) in bounds.enumerated() where counts[index] > 0 {
            let within = Double(counts[index])
            if below + within >= rank {
                let lower = index > 0 ? bounds[index - 1] : 0
                return lower + (bound - lower) * (rank - below) / within
            }
            below += within
        }
        return .infinity
    }

    /// Both together. Those with other bounds are left out.
    package static func + (one: Distribution, other: Distribution) -> Distribution {
        one.combined(with: other) { $0 + $1 }
    }

    /// What was added since an earlier state of the same histogram.
    package static func - (now: Distribution, earlier: Distribution) -> Distribution {
        now.combined(with: earlier) { $0 > $1 ? $0 - $1 : 0 }
    }

    private func combined(with other: Distribution, _ combine: (UInt64, UInt64) -> UInt64) -> Distribution {
        guard bounds == other.bounds else { return self }
        return Distribution(bounds: bounds, counts: zip(counts, other.counts).map(combine))
    }
}

import Observability

/// What is measured now, and what was added to counters and histograms in the period before.
struct MeasuredPeriod: Sendable {
    /// The values of some labels, in the order in which they were asked for.
    typealias Key = [String]

    let now: MetricsSnapshot
    /// Nil when the period began with the process.
    let before: MetricsSnapshot?
    /// The length of the period; nil when it is not known.
    let seconds: Double?

    /// Whether it is as short as what alerts look at, so that their limits say something about it.
    var isRecent: Bool { seconds.map { $0 <= 330 } ?? false }

    /// The values of a gauge, largest first where a key has several.
    func values(of metric: String, by labels: String...) -> [(key: Key, value: Double)] {
        now[metric].compactMap { sample in
            guard case .number(let value) = sample.value else { return nil }
            return (key(of: sample, labels), value)
        }.sorted { $0.key == $1.key ? $0.value > $1.value : $0.key.lexicographicallyPrecedes($1.key) }
    }

    /// The value of a gauge that has no labels but `service`.
    func value(of metric: String, service: String) -> Double? {
        values(of: metric, by: "service").first { $0.key == [service] }?.value
    }

    /// What was added to a counter.
    func increase(
        of metric: String, by labels: String..., where isMeant: (_ labels: [String: String]) -> Bool = { _ in true }
    ) -> [Key: Double] {
        func sums(_ snapshot: MetricsSnapshot) -> [Key: Double] {
            snapshot[metric].reduce(into: [:]) { sums, sample in
                guard case .number(let value) = sample.value, isMeant(sample.labels) else { return }
                sums[key(of: sample, labels), default: 0] += value
            }
        }
        let earlier = before.map(sums) ?? [:]
        return sums(now).reduce(into: [:]) { $0[$1.key] = max(0, $1.value - (earlier[$1.key] ?? 0)) }
    }

    /// What a histogram has observed.
    func observed(_ metric: String, by labels: String...) -> [Key: Distribution] {
        observed(metric, by: labels) { _ in true }
    }

    /// The durations of operations, and how many of them failed.
    struct Outcomes {
        let all: Distribution
        let failed: Double

        var count: Double { Double(all.count) }
    }

    /// The operations of a histogram.
    ///
    /// - Parameter isFailure: Whether the operations with these labels failed.
    func outcomes(
        of metric: String, by labels: String..., failing isFailure: (_ labels: [String: String]) -> Bool
    ) -> [Key: Outcomes] {
        let failed = observed(metric, by: labels, where: isFailure)
        return Dictionary(
            uniqueKeysWithValues: observed(metric, by: labels) { _ in true }.map { key, all in
                (key, Outcomes(all: all, failed: Double(failed[key]?.count ?? 0)))
            })
    }

    private func observed(
        _ metric: String, by labels: [String], where isMeant: (_ labels: [String: String]) -> Bool
    ) -> [Key: Distribution] {
        func sums(_ snapshot: MetricsSnapshot) -> [Key: Distribution] {
            snapshot[metric].reduce(into: [:]) { sums, sample in
                guard case .distribution(let value) = sample.value, isMeant(sample.labels) else { return }
                let key = key(of: sample, labels)
                sums[key] = sums[key].map { $0 + value } ?? value
            }
        }
        let earlier = before.map(sums) ?? [:]
        return sums(now).reduce(into: [:]) { observed, one in
            observed[one.key] = earlier[one.key].map { one.value - $0 } ?? one.value
        }
    }

    /// How often in a second, when something happened so often in the period.
    func rate(_ count: Double) -> String {
        guard let seconds, seconds > 0 else { return Figure.unknown }
        return Figure.rate(count / seconds)
    }

    private func key(of sample: MetricSample, _ labels: [String]) -> Key { labels.map { sample.labels[$0] ?? "" } }
}

import Observability

extension OperationsSection {
    private typealias Cell = OperationsTable.Cell

    /// Whether the process can take requests, and why not.
    ///
    /// - Parameter checks: `ok` or the reason of the failure, by the check's name.
    static func readiness(_ checks: [String: String], of service: String) -> OperationsSection {
        let rows = checks.sorted { $0.key < $1.key }.map { name, outcome in
            [
                Cell(name),
                Cell(
                    outcome,
                    AlertLimit.notReady.finding(
                        outcome == "ok" ? 1 : 0, "\(service) is not ready: the check \(name) says \(outcome).")),
            ]
        }
        return OperationsSection(
            id: "readiness", title: "Readiness",
            meaning: "While a check fails the process gets no requests; its log says more than the reason here.",
            runbooks: ["ServiceNotReady"],
            tables: [
                OperationsTable("Checks", [.text("Check"), .text("Result")], rows, absence: "There are no checks.")
            ])
    }

    /// Facts that must agree.
    ///
    /// - Parameter now: In seconds since 1970.
    static func correctness(_ period: MeasuredPeriod, now: Double) -> OperationsSection {
        let violations = Dictionary(
            period.values(of: "magpie.correctness.violations", by: "check", "service"),
            uniquingKeysWith: { most, _ in most })
        let lastRuns = Dictionary(
            period.values(of: "magpie.correctness.last_run.timestamp", by: "check", "service"),
            uniquingKeysWith: { latest, _ in latest })
        let keys = Set(violations.keys).union(lastRuns.keys).sorted { $0.lexicographicallyPrecedes($1) }
        let rows = keys.map { key in
            let (count, age) = (violations[key], lastRuns[key].map { now - $0 })
            return [
                Cell(key[0]), Cell(key[1]),
                Cell(
                    count.map { $0.isNaN ? "not checked" : Figure.count($0) } ?? "–",
                    count.flatMap {
                        AlertLimit.violations.finding($0, "\(key[0]) of \(key[1]): \(Figure.count($0)) violations.")
                    }),
                Cell(
                    age.map { Figure.time($0) + " ago" } ?? "–",
                    age.flatMap {
                        AlertLimit.lastCheck.finding(
                            $0, "\(key[0]) of \(key[1]) was last checked \(Figure.time($0)) ago.")
                    }),
            ]
        }
        return OperationsSection(
            id: "correctness", title: "Correctness",
            meaning: "Facts of the shop that must agree are compared all the time; the target is 0 violations.",
            runbooks: ["CorrectnessViolated", "CorrectnessNotChecked", "CorrectnessCheckAbsent"],
            tables: [
                OperationsTable(
                    "Checks", [.text("Check"), .text("Service"), .number("Violations"), .number("Last run")], rows)
            ])
    }

    /// Whether metrics and traces are complete.
    static func telemetry(_ period: MeasuredPeriod) -> OperationsSection {
        let rows = [
            ("Series of metrics dropped", "magpie.metrics.dropped_series", AlertLimit.seriesDropped),
            ("Spans dropped", "magpie.traces.spans_dropped", AlertLimit.spansDropped),
            ("Spans exported", "magpie.traces.spans_exported", nil),
        ].flatMap { title, metric, limit in
            period.increase(of: metric, by: "service").sorted { $0.key[0] < $1.key[0] }.map { key, count in
                let finding = limit.flatMap { limit in
                    period.isRecent ? limit.finding(count, "\(title) by \(key[0]): \(Figure.count(count)).") : nil
                }
                return [Cell(title), Cell(key[0]), Cell(Figure.count(count), finding)]
            }
        }
        return OperationsSection(
            id: "telemetry", title: "Telemetry",
            meaning: "What was dropped is missing from this page, from dashboards or from traces.",
            runbooks: ["MetricsDropped", "SpansDropped"],
            tables: [
                OperationsTable(
                    "In this period", [.text("What"), .text("Service"), .number("Count")], rows)
            ])
    }
}

/// The metrics of checks that compare what must agree.
package enum CorrectnessMetrics {
    static let violations = Metric(
        .gauge, "magpie.correctness.violations", labels: ["check"],
        help: "Facts that do not agree, by the check that compares them. The target is 0.")
    static let lastRun = Metric(
        .gauge, "magpie.correctness.last_run.timestamp", unit: "s", labels: ["check"],
        help: "When the check was last made; before its first time, when the process started.")

    package static let all: [Metric] = [violations, lastRun]
}

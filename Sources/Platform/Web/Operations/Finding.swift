/// A value of the operations page that needs somebody.
struct Finding: Hashable, Sendable {
    /// The alert, after which the runbook is named.
    let alert: String
    let severity: AlertLimit.Severity
    let text: String

    /// How a reader sees it, not by its colour alone.
    var word: String { severity == .page ? "critical" : "warning" }
}

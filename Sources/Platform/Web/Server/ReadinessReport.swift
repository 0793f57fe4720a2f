import Logging
import ServiceKit

/// The outcome of all readiness checks of a process.
struct ReadinessReport: Encodable, Sendable {
    let status: String
    /// `ok` or the reason of the failure, by the check's name.
    let checks: [String: String]

    var isReady: Bool { status == "ok" }

    /// Runs all checks at once.
    init(of checks: [ReadinessCheck], logger: Logger) async {
        let limit = ContinuousClock.now.advanced(by: .seconds(1))
        let outcomes = await withTaskGroup(of: (String, String).self) { group in
            for check in checks {
                group.addTask {
                    do {
                        try await withDeadline(limit, check.check)
                        return (check.name, "ok")
                    } catch {
                        logger.warning(
                            "Readiness check failed", error: error, metadata: [LogKey.check: "\(check.name)"])
                        return (check.name, Self.reason(for: error))
                    }
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        self.checks = outcomes
        status = outcomes.values.allSatisfy { $0 == "ok" } ? "ok" : "unavailable"
    }

    private static func reason(for error: any Error) -> String {
        let problem = Problem(error)
        return problem.isUnexpected ? "failed" : problem.code
    }
}

package import Commerce
package import CoreMetrics
import Foundation
package import Logging

/// Compares facts that must agree, in the service that owns the data. What does not agree is a violation; the target is 0.
///
/// A service makes its checks once a minute as long as it runs (``CorrectnessCheck/repeated(_:logger:)``), and an operator
/// makes them all by `magpie correctness`.
package struct CorrectnessCheck: Sendable {
    /// How much is compared.
    package enum Extent: Sendable {
        /// What has changed since the last time and a part of the rest: bounded, for every minute.
        case recent
        /// Everything that there is, once.
        case everything
    }

    package struct Finding: Hashable, Sendable {
        package var violations: Int64
        /// What some of them are about, at most ``shownIDs``. No personal data: they are logged.
        package var ids: [String]
        /// False when another process compares at the moment, and these are the violations that are known.
        package var isNew: Bool

        /// - Parameter ids: Of all violations, or of as many as are known.
        package init(violations: Int64, ids: some Sequence<String>, isNew: Bool = true) {
            self.violations = violations
            self.isNew = isNew
            self.ids = Array(ids.sorted().prefix(CorrectnessCheck.shownIDs))
        }
    }

    package static let shownIDs = 20

    /// The label `check` of its metrics: `ledger_mismatch`.
    package let name: String
    /// The service that owns the data.
    package let service: String
    private let clock: WallClock
    private let logger: Logger
    private let violations: any MeterHandler
    private let lastRun: any MeterHandler
    private let compare: @Sendable (Extent) async throws -> Finding

    package init(
        _ name: String, of service: String, clock: WallClock, metrics: any MetricsFactory, logger: Logger,
        compare: @escaping @Sendable (Extent) async throws -> Finding
    ) {
        self.name = name
        self.service = service
        self.clock = clock
        self.logger = logger
        self.compare = compare
        violations = CorrectnessMetrics.violations.gauge(service: service, [name], in: metrics)
        lastRun = CorrectnessMetrics.lastRun.gauge(service: service, [name], in: metrics)
        violations.set(Double.nan)  // Until the check was made.
        lastRun.set(seconds(clock.now()))
    }

    /// Makes the check and sets its gauges. When it cannot be made, the violations are no number, the time of the last run
    /// stays, and the error is thrown.
    @discardableResult package func run(_ extent: Extent = .recent) async throws -> Finding {
        let finding: Finding
        do {
            finding = try await compare(extent)
        } catch {
            violations.set(Double.nan)
            throw error
        }
        violations.set(finding.violations)
        if finding.isNew { lastRun.set(seconds(clock.now())) }
        if finding.violations > 0 {
            logger.error(
                "What must agree does not: see docs/correctness.md",
                metadata: [
                    "check": "\(name)", "violations": "\(finding.violations)",
                    "ids": "\(finding.ids.joined(separator: " "))",
                ])
        }
        return finding
    }

    private func seconds(_ instant: Instant) -> Double { Double(instant.milliseconds) / 1_000 }

    /// From the end of one round of checks to the start of the next: a minute, or the seconds that
    /// `MAGPIE_CHECK_INTERVAL` names, up to 120: an alert expects a check every five minutes.
    package static let interval: Duration = {
        let text = ProcessInfo.processInfo.environment["MAGPIE_CHECK_INTERVAL"]
        return .seconds(min(max(1, text.flatMap(Int.init) ?? 60), 120))
    }()

    /// Makes the checks at each ``interval``, one after the other. One that fails stops no other.
    package static func repeated(_ checks: [CorrectnessCheck], logger: Logger) -> Periodic {
        Periodic(every: interval, "checks of correctness", logger: logger) {
            for check in checks {
                do {
                    try await check.run()
                } catch {
                    if Task.isCancelled { return }
                    logger.warning(
                        "A check could not be made", metadata: ["check": "\(check.name)", "error": "\(error)"])
                }
            }
        }
    }
}

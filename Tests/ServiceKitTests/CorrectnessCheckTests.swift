import Commerce
import Logging
import ServiceKit
import Synchronization
import TestSupport
import Testing

@Suite struct CorrectnessCheckTests {
    private struct Failure: Error {}

    /// What the check finds.
    private final class Wrong: Sendable {
        private let state = Mutex<[String]>([])
        var ids: [String] { state.withLock { $0 } }
        func set(_ ids: [String]) { state.withLock { $0 = ids } }
    }

    private let metrics = RecordedMetrics()
    private let time = TestClock(Instant(milliseconds: 1_795_000_000_500))

    private func check(
        logger: Logger = quiet, _ compare: @escaping @Sendable () throws -> CorrectnessCheck.Finding
    ) -> CorrectnessCheck {
        CorrectnessCheck("things", of: "some-service", clock: time.clock, metrics: metrics.factory, logger: logger) {
            _ in
            try compare()
        }
    }

    private var violations: String? { metrics.violations("things", of: "some-service") }
    private var lastRun: String? {
        metrics.value(
            "magpie_correctness_last_run_timestamp_seconds", ["check": "things"], of: "some-service")
    }

    @Test func theGaugesFollowTheFinding() async throws {
        let wrong = Wrong()
        let check = check { .init(violations: Int64(wrong.ids.count), ids: wrong.ids) }
        #expect(violations == "NaN")
        #expect(lastRun == "1795000000.5")
        time.advance(by: .seconds(60))
        try await check.run()
        #expect(violations == "0")
        #expect(lastRun == "1795000060.5")
        wrong.set(["b", "a"])
        let finding = try await check.run()
        #expect(finding.ids == ["a", "b"])
        #expect(violations == "2")
        wrong.set([])
        try await check.run()
        #expect(violations == "0")
    }

    @Test func whatAnotherProcessComparesIsNoRunOfThisOne() async throws {
        let check = check { .init(violations: 2, ids: ["a", "b"], isNew: false) }
        let start = lastRun
        time.advance(by: .seconds(60))
        try await check.run()
        #expect(violations == "2" && lastRun == start)
    }

    @Test func aCheckThatFailsHasNoNumber() async throws {
        let wrong = Wrong()
        let check = check {
            guard wrong.ids.isEmpty else { throw Failure() }
            return .init(violations: 0, ids: [])
        }
        try await check.run()
        wrong.set(["unavailable"])
        time.advance(by: .seconds(60))
        await #expect(throws: Failure.self) { try await check.run() }
        #expect(violations == "NaN")
        #expect(lastRun == "1795000000.5")
    }

    @Test func violationsAreLoggedAsAnErrorWithSomeOfTheirIDs() async throws {
        let lines = LogLines()
        let ids = (100..<200).map { "ord_\($0)" }
        let check = check(logger: lines.logger) { .init(violations: 100, ids: ids) }
        try await check.run()
        let line = try #require(lines.all.first)
        #expect(line.contains("error") && line.contains("things") && line.contains("ord_100 ord_101"))
        #expect(line.contains("ord_119") && !line.contains("ord_120"))
    }
}

import Testing

@testable import RPC

@Suite struct CircuitBreakerTests {
    private let start = ContinuousClock.now
    private let breaker = CircuitBreaker(threshold: 5, pause: .milliseconds(500))

    private func at(_ milliseconds: Int) -> ContinuousClock.Instant {
        start.advanced(by: .milliseconds(milliseconds))
    }

    private func fail(_ times: Int) {
        for _ in 0..<times { breaker.record(responded: false, of: breaker.admit(at: start), at: start) }
    }

    @Test func opensAfterFiveFailuresInARow() {
        fail(4)
        #expect(breaker.admit(at: start) == .proceed)
        fail(1)
        #expect(breaker.admit(at: start) == .refuse)
        #expect(breaker.admit(at: at(499)) == .refuse)
    }

    @Test func anAnswerInBetweenStartsTheCountAgain() {
        fail(4)
        breaker.record(responded: true, of: .proceed, at: start)
        fail(4)
        #expect(breaker.admit(at: start) == .proceed)
    }

    @Test func letsOneCallThroughAndClosesWhenItIsAnswered() {
        fail(5)
        #expect(breaker.admit(at: at(500)) == .probe)
        #expect(breaker.admit(at: at(501)) == .refuse)
        breaker.record(responded: true, of: .probe, at: at(502))
        #expect(breaker.admit(at: at(503)) == .proceed)
        #expect(breaker.admit(at: at(503)) == .proceed)
    }

    @Test func waitsAgainWhenItIsNot() {
        fail(5)
        #expect(breaker.admit(at: at(500)) == .probe)
        breaker.record(responded: false, of: .probe, at: at(600))
        #expect(breaker.admit(at: at(1_099)) == .refuse)
        #expect(breaker.admit(at: at(1_100)) == .probe)
    }

    @Test func anAbandonedProbeMakesRoomForAnother() {
        fail(5)
        let probe = breaker.admit(at: at(500))
        breaker.discard(probe)
        #expect(breaker.admit(at: at(501)) == .probe)
    }

    /// They were sent before it opened: they neither end the probe nor make the pause longer.
    @Test func latecomersSayNothingNew() {
        fail(5)
        breaker.record(responded: false, of: .proceed, at: at(400))
        #expect(breaker.admit(at: at(500)) == .probe)
        breaker.record(responded: false, of: .proceed, at: at(510))
        breaker.discard(.proceed)
        #expect(breaker.admit(at: at(520)) == .refuse)
        breaker.record(responded: true, of: .proceed, at: at(530))
        #expect(breaker.admit(at: at(540)) == .proceed)
    }
}

@Suite struct RetryBudgetTests {
    @Test func isSpentAndRefilledByCalls() {
        let budget = RetryBudget(most: 2)
        #expect([budget.spend(), budget.spend(), budget.spend()] == [true, true, false])
        for _ in 0..<9 { budget.noteCall() }
        #expect(!budget.spend())
        for _ in 0..<2 { budget.noteCall() }
        #expect(budget.spend())
        #expect(!budget.spend())
    }

    @Test func holdsNoMoreThanItsMost() {
        let budget = RetryBudget(most: 1)
        for _ in 0..<100 { budget.noteCall() }
        #expect([budget.spend(), budget.spend()] == [true, false])
    }
}

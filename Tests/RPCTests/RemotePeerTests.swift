import CartContract
import Commerce
import ContractTestSupport
import ServiceKit
import Synchronization
import TestSupport
import Testing

@testable import RPC

@Suite struct RemotePeerTests {
    /// Answers each attempt as the script says, then 0.
    private final class Script: Sendable {
        private let errors: Mutex<[any Error]>
        private let seen = Mutex<[OutgoingCall]>([])

        init(_ errors: [any Error]) { self.errors = Mutex(errors.reversed()) }

        var calls: [OutgoingCall] { seen.withLock { $0 } }

        @Sendable func answer(_ call: OutgoingCall) async throws -> Int {
            seen.withLock { $0.append(call) }
            if let error = errors.withLock({ $0.popLast() }) { throw error }
            return 0
        }
    }

    private static let silence = NoResponse(.unavailable("peer"))

    private func peer(
        breaker: CircuitBreaker = CircuitBreaker(), budget: RetryBudget = RetryBudget()
    ) -> RemotePeer {
        RemotePeer("peer", credential: testCredential, breaker: breaker, budget: budget, logger: quiet)
    }

    /// What a call throws and how many attempts it made.
    private func call(
        _ peer: RemotePeer, _ errors: [any Error], repeatable: Bool, as context: CallContext = CallContext()
    ) async -> (error: ServiceError?, attempts: Int) {
        let script = Script(errors)
        let error = await refusal {
            try await context.run {
                try await peer.call("m", over: .http, repeatable: repeatable, limit: .seconds(60), script.answer)
            }
        }
        return (error, script.calls.count)
    }

    @Test func whatMayNotBeRepeatedIsNot() async {
        let silent = await call(peer(), [Self.silence], repeatable: false)
        #expect(silent.error == .unavailable("peer") && silent.attempts == 1)
        let answered = await call(peer(), [ServiceError.unavailable("The store")], repeatable: false)
        #expect(answered.error == .unavailable("The store") && answered.attempts == 1)
    }

    @Test func whatMayBeRepeatedIsUntilItIsAnswered() async {
        let errors: [any Error] = [Self.silence, ServiceError.unavailable("The store"), Self.silence]
        let answered = await call(peer(), errors, repeatable: true)
        #expect(answered.error == nil && answered.attempts == 4)
        let silent = await call(peer(), Array(repeating: Self.silence, count: 9), repeatable: true)
        #expect(silent.error == .unavailable("peer") && silent.attempts == 4)
    }

    @Test(arguments: [false, true]) func aRefusalIsNeverRepeated(_ repeatable: Bool) async {
        let refused = await call(peer(), [ServiceError.cartNotFound], repeatable: repeatable)
        #expect(refused.error == .cartNotFound && refused.attempts == 1)
    }

    @Test func whatWasNotSentIsAlwaysSentAgain() async {
        let sent = await call(peer(), [NotSent(), NotSent()], repeatable: false)
        #expect(sent.error == nil && sent.attempts == 3)
        let lost = await call(peer(), Array(repeating: NotSent(), count: 9), repeatable: false)
        #expect(lost.error == .unavailable("peer") && lost.attempts == 4)
    }

    @Test func anotherAddressCostsNoBudget() async {
        let elsewhere = Array(repeating: NotSent(hasElsewhere: true), count: 12)
        let sent = await call(peer(budget: RetryBudget(most: 0)), elsewhere, repeatable: false)
        #expect(sent.error == nil && sent.attempts == 13)
    }

    /// Else one client, whose requests arrive with their last breath, would close the peer to all others.
    @Test func whoHadNoTimeLeftDoesNotOpenTheBreaker() async {
        let peer = peer()
        let late = NoResponse(.deadlineExceeded)
        for _ in 0..<10 {
            let hurried = CallContext(deadline: .now + .milliseconds(500))
            #expect(await call(peer, [late], repeatable: false, as: hurried).error == .deadlineExceeded)
        }
        for _ in 0..<5 {
            #expect(await call(peer, [late], repeatable: false).error == .deadlineExceeded)
        }
        #expect(await call(peer, [], repeatable: false).attempts == 0)
    }

    @Test func repeatsWithinItsBudget() async {
        let peer = peer(budget: RetryBudget(most: 2))
        let first = await call(peer, Array(repeating: Self.silence, count: 9), repeatable: true)
        let second = await call(peer, [Self.silence], repeatable: true)
        #expect(first.attempts == 3 && second.attempts == 1)
    }

    @Test func fiveCallsWithoutAnAnswerStopTheNext() async {
        let peer = peer(breaker: CircuitBreaker(pause: .seconds(600)))
        for error in [Self.silence, NoResponse(.deadlineExceeded), Self.silence, Self.silence, Self.silence] {
            _ = await call(peer, [error], repeatable: false)
        }
        let stopped = await call(peer, [], repeatable: true)
        #expect(stopped.error == .unavailable("peer") && stopped.attempts == 0)
    }

    @Test func whatThePeerAnsweredDoesNotStopTheNext() async {
        let peer = peer(breaker: CircuitBreaker(pause: .seconds(600)))
        for error in Array(repeating: [ServiceError.unavailable("The store"), .deadlineExceeded], count: 10).joined() {
            _ = await call(peer, [error], repeatable: false)
        }
        #expect(await call(peer, [], repeatable: false).attempts == 1)
    }

    @Test func aCallThatCannotBeMadeIsNoProbe() async {
        let peer = peer(breaker: CircuitBreaker(pause: .zero))
        for _ in 0..<5 { _ = await call(peer, [Self.silence], repeatable: false) }
        let nobody = CallContext(principal: .customer(CustomerID()))
        let refused = await call(peer, [], repeatable: false, as: nobody)
        #expect(refused.error == .unauthenticated && refused.attempts == 0)
        #expect(await call(peer, [], repeatable: false).attempts == 1)
    }

    @Test func theDeadlineShrinks() async throws {
        let script = Script([NotSent(hasElsewhere: true)])
        try await CallContext(deadline: .now.advanced(by: .seconds(2))).run {
            _ = try await peer().call("m", over: .http, repeatable: false, script.answer)
        }
        let timeouts = script.calls.map(\.timeout)
        #expect(timeouts.count == 2 && timeouts[0] <= .milliseconds(1_980) && timeouts[1] < timeouts[0])
        for call in script.calls {
            let sent = call.headers.first { $0.name == CallMetadata.timeout }?.value
            #expect(sent == "\(call.timeout.wholeMilliseconds)")
        }
        let limited = Script([])
        _ = try await peer().call("m", over: .http, repeatable: false, limit: .milliseconds(700), limited.answer)
        #expect(limited.calls.allSatisfy { $0.timeout <= .milliseconds(700) })
    }

    @Test func nothingIsSentWhenTheTimeIsOver() async {
        let late = await call(peer(), [], repeatable: true, as: CallContext(deadline: .now))
        #expect(late.error == .deadlineExceeded && late.attempts == 0)
    }

    @Test(.timeLimit(.minutes(1))) func anAbandonedCallSaysNothingAboutThePeer() async throws {
        let peer = peer(breaker: CircuitBreaker(threshold: 1, pause: .seconds(600)))
        let started = Event()
        let error = await withTaskGroup(of: (any Error)?.self) { group in
            group.addTask {
                do {
                    try await peer.call("m", over: .http, repeatable: true) { _ in
                        started.happen()
                        do { try await Task.sleep(for: .seconds(60)) } catch { throw Self.silence }
                    }
                    return nil
                } catch { return error }
            }
            await started.wait()
            group.cancelAll()
            return await group.next() ?? nil
        }
        #expect(error is CancellationError)
        #expect(await call(peer, [], repeatable: false).attempts == 1)
    }
}

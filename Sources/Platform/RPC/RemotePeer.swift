package import Logging
package import ServiceKit

/// What one attempt of a call carries.
package struct OutgoingCall: Sendable {
    /// Identity, trace, idempotency key and time left, by lower-case name.
    package let headers: [(name: String, value: String)]
    /// How long the answer may take.
    package let timeout: Duration
}

/// An attempt that never reached the peer: it may be repeated whatever it was.
package struct NotSent: Error {
    /// Whether another address of the peer is worth trying at once.
    package let hasElsewhere: Bool

    package init(hasElsewhere: Bool = false) { self.hasElsewhere = hasElsewhere }
}

/// An attempt that the peer said nothing to: it went away, or took too long.
package struct NoAnswer: Error {
    /// `unavailable` or `deadline_exceeded`.
    package let error: ServiceError

    package init(_ error: ServiceError) { self.error = error }
}

/// One other service as its callers see it: identity and deadline go with every call, a circuit breaker refuses what is
/// hopeless, and what may be repeated is, within a budget.
package final class RemotePeer: Sendable {
    package let name: String
    private let credential: ServiceCredential
    private let logger: Logger
    private let breaker: CircuitBreaker
    private let budget: RetryBudget

    private static let attempts = 4
    /// What any peer that is well can answer in.
    private static let fairTime = Duration.seconds(1)

    package convenience init(_ name: String, credential: ServiceCredential, logger: Logger) {
        self.init(name, credential: credential, breaker: CircuitBreaker(), budget: RetryBudget(), logger: logger)
    }

    init(
        _ name: String, credential: ServiceCredential, breaker: CircuitBreaker, budget: RetryBudget, logger: Logger
    ) {
        self.name = name
        self.credential = credential
        self.breaker = breaker
        self.budget = budget
        self.logger = logger
    }

    /// Calls the peer until the deadline of the current call, at most `limit`. Throws `ServiceError`, or
    /// `CancellationError`.
    ///
    /// - Parameters:
    ///   - method: For the log.
    ///   - repeatable: Whether the call may be made again after it failed without an answer, or was answered with
    ///     `unavailable`.
    ///   - attempt: Throws ``NotSent``, ``NoAnswer``, or the `ServiceError` that the peer answered. Only the first two
    ///     count for the circuit breaker: one method whose database is away does not close the others.
    package func call<Value: Sendable>(
        _ method: String, repeatable: Bool, limit: Duration = .seconds(5),
        _ attempt: @Sendable (OutgoingCall) async throws -> Value
    ) async throws -> Value {
        let context = CallContext.current
        let latest = ContinuousClock.now.advanced(by: limit)
        // What is left of the caller's time, less what the answer needs on its way back.
        let deadline = context.deadline.map { min($0.advanced(by: .milliseconds(-20)), latest) } ?? latest
        budget.noteCall()
        var number = 1
        while true {
            let timeout = ContinuousClock.now.duration(to: deadline)
            guard timeout > .zero else { throw ServiceError.deadlineExceeded }
            // Before the breaker is asked, which waits to hear of every call that it lets through.
            let headers = try CallMetadata.headers(of: context, credential: credential, timeout: timeout)
            let verdict = breaker.admit()
            guard verdict != .refuse else { throw ServiceError.unavailable(name) }
            let error: any Error
            do {
                let value = try await attempt(OutgoingCall(headers: headers, timeout: timeout))
                breaker.note(answered: true, of: verdict)
                return value
            } catch let failure { error = failure }

            // Who left the peer no time cannot blame it: one client's slow requests would close it to all.
            let hadTime = timeout >= min(limit, Self.fairTime)
            if note(error, verdict, hadTime: hadTime) { continue }
            let failure = try outcome(of: error)
            let pause = Self.pause(after: number)
            guard repeatable || error is NotSent, number < Self.attempts,
                ContinuousClock.now.advanced(by: pause) < deadline, budget.spend()
            else {
                logger.warning(
                    "A call to another service failed",
                    metadata: ["rpc.service": "\(name)", "rpc.method": "\(method)", "error": "\(failure.code)"])
                throw failure
            }
            try await Task.sleep(for: pause)
            number += 1
        }
    }

    /// Tells the breaker.
    ///
    /// - Returns: Whether to try another address at once.
    private func note(_ error: any Error, _ verdict: CircuitBreaker.Verdict, hadTime: Bool) -> Bool {
        if error is ServiceError {
            breaker.note(answered: true, of: verdict)
        } else if Task.isCancelled {
            breaker.forget(verdict)
        } else if let error = error as? NotSent, error.hasElsewhere {
            breaker.forget(verdict)
            return true
        } else if !hadTime, (error as? NoAnswer)?.error == .deadlineExceeded {
            breaker.forget(verdict)
        } else {
            breaker.note(answered: false, of: verdict)
        }
        return false
    }

    /// What the caller hears unless the call is repeated; throws what is not worth repeating.
    private func outcome(of error: any Error) throws -> ServiceError {
        if let error = error as? ServiceError {
            // Our fault, not the customer's: a 401 would make clients throw away good tokens.
            if error == ServiceCredential.refusal {
                logger.error(
                    "Another service refuses this one: MAGPIE_SERVICE_KEY and the clocks must be the same everywhere",
                    metadata: ["rpc.service": "\(name)"])
                throw ServiceError.unavailable(name)
            }
            guard error.kind == .unavailable else { throw error }
            return error
        }
        if Task.isCancelled { throw CancellationError() }
        return (error as? NoAnswer)?.error ?? .unavailable(name)
    }

    /// What to throw when the peer's answer makes no sense here; the log tells why.
    func misunderstood(_ method: String, _ error: any Error) -> ServiceError {
        logger.error(
            "Another service gave an answer that is not understood",
            metadata: ["rpc.service": "\(name)", "rpc.method": "\(method)", "error": "\(error)"])
        return .unexpected
    }

    /// Full jitter: https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
    private static func pause(after number: Int) -> Duration {
        .milliseconds(Int64.random(in: 10...(50 << min(number, 5))))
    }
}

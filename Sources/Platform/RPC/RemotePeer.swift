import CoreMetrics
package import Logging
package import ServiceKit

/// What one attempt of a call carries.
package struct OutgoingCall: Sendable {
    /// Identity, trace, idempotency key and time left, by lower-case name.
    package let headers: [(name: String, value: String)]
    /// How long the response may take.
    package let timeout: Duration
}

/// An attempt that never reached the peer, so that it may be repeated in any case.
package struct NotSent: Error {
    /// Whether another address of the peer is worth trying at once.
    package let hasElsewhere: Bool

    package init(hasElsewhere: Bool = false) { self.hasElsewhere = hasElsewhere }
}

/// An attempt without a response: the connection broke, or the peer took too long.
package struct NoResponse: Error {
    /// `unavailable` or `deadline_exceeded`.
    package let error: ServiceError

    package init(_ error: ServiceError) { self.error = error }
}

/// One other service: calls carry identity and deadline, a circuit breaker refuses calls that would fail, and repeatable
/// calls are retried within a budget.
package final class RemotePeer: Sendable {
    package let name: String
    /// The service that calls.
    var caller: String { credential.name }
    private let credential: ServiceCredential
    private let logger: Logger
    private let breaker: CircuitBreaker
    private let budget: RetryBudget
    private let durations: MetricFamily<any TimerHandler>
    private let breakerOpen: any MeterHandler

    private static let attempts = 4
    /// Within this time any healthy peer responds.
    private static let healthyResponseTime = Duration.seconds(1)

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
        durations = CallMetrics.client.timers(service: credential.name)
        breakerOpen = CallMetrics.breakerOpen.gauge(service: credential.name, [name])
    }

    /// Calls the peer until the deadline of the current call, at most `limit`. Throws `ServiceError`, or
    /// `CancellationError`.
    ///
    /// - Parameters:
    ///   - method: For the log, for metrics and the trace.
    ///   - repeatable: Whether the call may be repeated after it failed without a response, or with `unavailable`.
    ///   - attempt: Throws ``NotSent``, ``NoResponse``, or the `ServiceError` of the peer. Only the first two count for
    ///     the circuit breaker: one method with an unavailable database does not block the others.
    package func call<Value: Sendable>(
        _ method: String, over transport: CallTransport, repeatable: Bool, limit: Duration = .seconds(5),
        _ attempt: @Sendable (OutgoingCall) async throws -> Value
    ) async throws -> Value {
        let start = ContinuousClock.now
        var failure: (any Error)?
        defer {
            breakerOpen.set(Int64(breaker.isOpen ? 1 : 0))
            durations[transport.rawValue, method, name, CallMetrics.status(of: failure)]
                .record(ContinuousClock.now - start)
        }
        do {
            return try await CallContext.span(
                .client, "\(name)/\(method)",
                [
                    "rpc.system.name": .text(transport.rawValue), "rpc.method": .text(method),
                    "server.address": .text(name),
                ]
            ) { span in
                try await span.callStatus { try await attempts(method, repeatable: repeatable, limit: limit, attempt) }
            }
        } catch {
            failure = error
            throw error
        }
    }

    private func attempts<Value: Sendable>(
        _ method: String, repeatable: Bool, limit: Duration,
        _ attempt: @Sendable (OutgoingCall) async throws -> Value
    ) async throws -> Value {
        let context = CallContext.current
        let latest = ContinuousClock.now.advanced(by: limit)
        // The rest of the caller's time, less the transfer of the response.
        let deadline = context.deadline.map { min($0.advanced(by: .milliseconds(-20)), latest) } ?? latest
        budget.noteCall()
        var number = 1
        while true {
            let timeout = ContinuousClock.now.duration(to: deadline)
            guard timeout > .zero else { throw ServiceError.deadlineExceeded }
            // Before the breaker, which needs the outcome of every call that it admits.
            let headers = try CallMetadata.headers(of: context, credential: credential, timeout: timeout)
            let verdict = breaker.admit()
            guard verdict != .refuse else { throw ServiceError.unavailable(name) }
            let error: any Error
            do {
                let value = try await attempt(OutgoingCall(headers: headers, timeout: timeout))
                breaker.record(responded: true, of: verdict)
                return value
            } catch let failure { error = failure }

            // A timeout that was too short does not count: slow requests of one client would block the peer for all.
            let hadTime = timeout >= min(limit, Self.healthyResponseTime)
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

    /// Reports the outcome to the breaker.
    ///
    /// - Returns: Whether to try another address at once.
    private func note(_ error: any Error, _ verdict: CircuitBreaker.Verdict, hadTime: Bool) -> Bool {
        if error is ServiceError {
            breaker.record(responded: true, of: verdict)
        } else if Task.isCancelled {
            breaker.discard(verdict)
        } else if let error = error as? NotSent, error.hasElsewhere {
            breaker.discard(verdict)
            return true
        } else if !hadTime, (error as? NoResponse)?.error == .deadlineExceeded {
            breaker.discard(verdict)
        } else {
            breaker.record(responded: false, of: verdict)
        }
        return false
    }

    /// The error for the caller unless the call is repeated. Throws an error that must not be repeated.
    private func outcome(of error: any Error) throws -> ServiceError {
        if let error = error as? ServiceError {
            // Not the customer's fault: a 401 would make clients discard valid tokens.
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
        return (error as? NoResponse)?.error ?? .unavailable(name)
    }

    /// The error for a response that cannot be read. Logs the cause.
    func unreadableResponse(_ method: String, _ error: any Error) -> ServiceError {
        logger.error(
            "The response of another service cannot be read",
            metadata: ["rpc.service": "\(name)", "rpc.method": "\(method)", "error": "\(error)"])
        return .unexpected
    }

    /// Full jitter: https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
    private static func pause(after number: Int) -> Duration {
        .milliseconds(Int64.random(in: 10...(50 << min(number, 5))))
    }
}

import Calls
package import Logging

/// What one attempt of a call carries.
package struct OutgoingCall: Sendable {
    /// Identity, trace, idempotency key and time left, by lower-case name.
    package let headers: [(name: String, value: String)]
    /// How long the answer may take.
    package let timeout: Duration
}

/// An attempt that never reached the peer: it may be repeated whatever it was.
package struct NotSent: Error {
    package init() {}
}

/// One other service as its callers see it: identity and deadline go with every call, a circuit breaker refuses what is
/// hopeless, and what may be repeated is, within a budget.
package final class RemotePeer: Sendable {
    package let name: String
    private let credential: ServiceCredential
    private let logger: Logger
    private let breaker = CircuitBreaker()
    private let budget = RetryBudget()

    private static let attempts = 4

    package init(_ name: String, credential: ServiceCredential, logger: Logger) {
        self.name = name
        self.credential = credential
        self.logger = logger
    }

    /// Calls the peer until the deadline of the current call, at most `limit`.
    ///
    /// - Parameters:
    ///   - method: For the log.
    ///   - repeatable: Whether the call may be made again after it failed without an answer.
    ///   - attempt: Throws `ServiceError`, of kind `unavailable` when the peer did not answer, or ``NotSent``.
    package func call<Value: Sendable>(
        _ method: String, repeatable: Bool, limit: Duration = .seconds(5),
        _ attempt: @Sendable (OutgoingCall) async throws -> Value
    ) async throws -> Value {
        let context = CallContext.current
        let latest = ContinuousClock.now.advanced(by: limit)
        // What is left of the caller's time, less what the answer needs on its way back.
        let deadline = context.deadline.map { min($0.advanced(by: .milliseconds(-20)), latest) } ?? latest
        budget.noteCall()
        for number in 1... {
            let timeout = ContinuousClock.now.duration(to: deadline)
            guard timeout > .zero else { throw ServiceError.deadlineExceeded }
            guard breaker.admit() == .proceed else { throw ServiceError.unavailable(name) }
            let headers = try CallMetadata.headers(of: context, credential: credential, timeout: timeout)
            do {
                let value = try await attempt(OutgoingCall(headers: headers, timeout: timeout))
                breaker.note(answered: true)
                return value
            } catch let error as ServiceError where !error.isLackOfAnswer {
                breaker.note(answered: true)
                throw error
            } catch {
                if Task.isCancelled {
                    breaker.forgetCall()
                    throw error is NotSent ? CancellationError() : error
                }
                breaker.note(answered: false)
                let failure = error as? ServiceError ?? .unavailable(name)
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
            }
        }
        throw ServiceError.unavailable(name)
    }

    /// Full jitter: https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
    private static func pause(after number: Int) -> Duration {
        .milliseconds(Int64.random(in: 10...(50 << min(number, 5))))
    }
}

extension ServiceError {
    /// Whether the peer itself said nothing: it could not be reached, or took too long.
    var isLackOfAnswer: Bool { kind == .unavailable }
}

/// Where a service listens.
package struct ServiceAddress: Hashable, Sendable, CustomStringConvertible {
    package let host: String
    package let port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    package var description: String { "\(host):\(port)" }

    /// Reads `host:port` or several with commas between them; nil when one of them is not that.
    package static func list(_ text: String) -> [ServiceAddress]? {
        let parts = text.split(separator: ",").map { $0.trimmingPrefix { $0 == " " } }
        let addresses = parts.compactMap { part -> ServiceAddress? in
            guard let colon = part.lastIndex(of: ":"), colon > part.startIndex,
                let port = Int(part[part.index(after: colon)...]),
                (1...65_535).contains(port)
            else { return nil }
            return ServiceAddress(host: String(part[..<colon]), port: port)
        }
        return addresses.count == parts.count && !addresses.isEmpty ? addresses : nil
    }
}

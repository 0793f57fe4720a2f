import CoreMetrics
package import Logging

/// The edge of a service: every call is measured and traced, and whatever an operation throws, its callers get a ``ServiceError``, or
/// cancellation. The cause of anything else is logged here and goes no further.
package struct ErrorBoundary: Sendable {
    /// What an error of the service's own means to its callers; nil for an error that it does not know.
    package typealias Mapping = @Sendable (any Error) -> (any Error)?

    private let name: String
    private let contract: String
    private let service: String
    private let logger: Logger
    private let mapping: Mapping
    private let durations: MetricFamily<any TimerHandler>

    /// - Parameters:
    ///   - name: What is reported as unavailable during an outage: `The audit log`.
    ///   - contract: The protocol that callers know: `AuditTrail`.
    ///   - service: The service's name, for metrics and traces.
    ///   - mapping: Asked before the rules that hold for every service, though not about a `ServiceError`.
    package init(
        of name: String, contract: String, service: String, logger: Logger, mapping: @escaping Mapping = { _ in nil }
    ) {
        self.name = name
        self.contract = contract
        self.service = service
        self.logger = logger
        self.mapping = mapping
        durations = CallMetrics.server.timers(service: service)
    }

    /// Runs one call of the contract. Throws `ServiceError` or `CancellationError`; in tests also `SimulatedCrash`.
    ///
    /// - Parameter method: The method of the contract, with or without its argument labels.
    package func call<Value>(_ method: String = #function, _ body: () async throws -> Value) async throws -> Value {
        let call = CallContext.current
        // A call over the network is a span from the moment when it was received.
        guard call.transport == .inProcess, let caller = call.span else { return try await measured(method, body) }
        let name = "\(contract)/\(method.prefix { $0 != "(" })"
        return try await call.run(
            as: .server, name, of: service, after: caller.context.trace,
            ["rpc.system.name": .text(call.transport.rawValue), "rpc.method": .text(name)]
        ) { span in try await span.callStatus { try await measured(method, body) } }
    }

    private func measured<Value>(_ method: String, _ body: () async throws -> Value) async throws -> Value {
        let start = ContinuousClock.now
        var failure: (any Error)?
        defer {
            durations[
                CallContext.current.transport.rawValue, "\(contract)/\(method.prefix { $0 != "(" })",
                CallMetrics.status(of: failure)
            ].record(ContinuousClock.now - start)
        }
        do {
            return try await body()
        } catch {
            let meaning = mapped(error)
            failure = meaning
            throw meaning
        }
    }

    /// Runs a part of a call, whose errors become those that callers see.
    package func run<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch {
            throw mapped(error)
        }
    }

    /// What callers see of an error. Logs the cause of one that they do not see.
    package func mapped(_ error: any Error) -> any Error {
        if error is ServiceError { return error }
        if let meaning = mapping(error) { return meaning }
        switch error {
        case is CancellationError, is SimulatedCrash: return error
        case let outage as any OutageError where outage.isOutage:
            logger.warning("A backend is unavailable", metadata: ["service": "\(name)", "error": "\(outage)"])
            return ServiceError.unavailable(name)
        default:
            logger.error("An operation failed unexpectedly", metadata: ["service": "\(name)", "error": "\(error)"])
            return ServiceError.unexpected
        }
    }
}

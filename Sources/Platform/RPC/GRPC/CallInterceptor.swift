import Commerce
import GRPCCore
import Logging
import ServiceKit

/// Wraps every method of a contract: authenticates the caller, runs the method in the caller's context until its deadline,
/// and turns errors into a status.
struct CallInterceptor: ServerInterceptor {
    let receiver: CallReceiver
    let logger: Logger

    func intercept<Input: Sendable, Output: Sendable>(
        request: StreamingServerRequest<Input>, context: ServerContext,
        next:
            @concurrent @Sendable (StreamingServerRequest<Input>, ServerContext) async throws ->
            StreamingServerResponse<Output>
    ) async throws -> StreamingServerResponse<Output> {
        do {
            let header = { (name: String) in request.metadata[stringValues: name].first { _ in true } }
            let (call, parent) = (try await receiver.context(over: .grpc, header), receiver.trace(header))
            let method = context.descriptor.fullyQualifiedMethod
            return try await withoutActuallyEscaping(next) { next in
                try await untilCancelled(context.cancellation, by: call.deadline) {
                    try await call.run(
                        as: .server, method, of: logger.label, after: parent,
                        ["rpc.system.name": .text(CallTransport.grpc.rawValue), "rpc.method": .text(method)]
                    ) { span in try await span.callStatus { try await next(request, context) } }
                }
            }
        } catch {
            throw rpcError(for: error, of: context)
        }
    }

    private func rpcError(for error: any Error, of context: ServerContext) -> RPCError {
        switch error {
        case let error as ServiceError: return GRPCErrors.rpcError(for: error)
        case let fault as WireFault:
            return GRPCErrors.rpcError(for: .invalid(fault.field, code: FieldCode.malformed, fault.detail))
        // Of the library: a message that cannot be parsed, an unknown method.
        case let error as RPCError: return RPCError(code: error.code, message: error.message)
        case is CancellationError: return RPCError(code: .cancelled, message: "The call was cancelled.")
        default:
            logger.error(
                "A call failed unexpectedly",
                metadata: ["rpc.method": "\(context.descriptor.fullyQualifiedMethod)", "error": "\(error)"])
            return GRPCErrors.rpcError(for: .unexpected)
        }
    }
}

/// Runs `body`, and cancels its task when the call is cancelled: the library only marks the call.
private func untilCancelled<Value: Sendable>(
    _ cancellation: ServerContext.RPCCancellationHandle, by deadline: ContinuousClock.Instant?,
    _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask {
            guard let deadline else { return try await body() }
            return try await withDeadline(deadline, body)
        }
        group.addTask {
            try? await cancellation.cancelled
            return nil
        }
        defer { group.cancelAll() }
        while let result = try await group.next() {
            if let result { return result }
            group.cancelAll()
        }
        throw CancellationError()
    }
}

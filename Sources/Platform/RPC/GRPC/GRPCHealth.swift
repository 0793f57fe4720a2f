import GRPCCore
import SwiftProtobuf
import Synchronization

/// The standard health service: serving from the start until the host begins to shut down.
/// https://github.com/grpc/grpc/blob/master/doc/health-checking.md
final class GRPCHealth: Grpc_Health_V1_Health.SimpleServiceProtocol {
    private struct State {
        var isServing = true
        var nextWatcher = 0
        var watchers: [Int: AsyncStream<Void>.Continuation] = [:]
    }
    private let names: Set<String>
    private let state = Mutex(State())

    /// - Parameter services: Full names; the server as a whole is added to them.
    init(services: some Sequence<String>) { names = Set(services).union([""]) }

    /// Reports all services as not serving; the calls of watchers get that and end.
    func stopServing() {
        let watchers = state.withLock { state in
            state.isServing = false
            defer { state.watchers = [:] }
            return state.watchers.values
        }
        for watcher in watchers { watcher.finish() }
    }

    func check(
        request: Grpc_Health_V1_HealthCheckRequest, context: ServerContext
    ) async throws -> Grpc_Health_V1_HealthCheckResponse {
        guard names.contains(request.service) else {
            throw RPCError(code: .notFound, message: "There is no such service here.")
        }
        return .with { $0.status = status }
    }

    func watch(
        request: Grpc_Health_V1_HealthCheckRequest, response: RPCWriter<Grpc_Health_V1_HealthCheckResponse>,
        context: ServerContext
    ) async throws {
        let isKnown = names.contains(request.service)
        let (end, continuation) = AsyncStream<Void>.makeStream()
        let watcher = register(continuation)
        defer { state.withLock { _ = $0.watchers.removeValue(forKey: watcher) } }
        if status == .serving || !isKnown {
            try await response.write(.with { $0.status = isKnown ? .serving : .serviceUnknown })
            await withRPCCancellationHandler {
                for await _ in end {}
            } onCancelRPC: {
                continuation.finish()
            }
        }
        if isKnown, status == .notServing { try await response.write(.with { $0.status = .notServing }) }
    }

    private var status: Grpc_Health_V1_HealthCheckResponse.ServingStatus {
        state.withLock { $0.isServing ? .serving : .notServing }
    }

    private func register(_ continuation: AsyncStream<Void>.Continuation) -> Int {
        state.withLock { state in
            state.nextWatcher += 1
            if state.isServing { state.watchers[state.nextWatcher] = continuation } else { continuation.finish() }
            return state.nextWatcher
        }
    }
}

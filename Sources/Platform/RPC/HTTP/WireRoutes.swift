import HTTPTypes
import Hummingbird
package import Logging
import NIOCore
import ServiceKit
package import Web

/// The server's side of ``WireMethod``s. Callers are authenticated before anything is read.
package struct WireRoutes {
    package private(set) var router = APIRouter()
    /// The methods in the order in which they were added.
    package private(set) var methods: [WireMethodEntry] = []
    private let receiver: CallReceiver
    private let logger: Logger

    package init(service: String, receiver: CallReceiver, drain: Drain = Drain(), logger: Logger) {
        self.receiver = receiver
        self.logger = logger
        router.add(middleware: RequestScope(service: service, logger: logger))
        router.add(middleware: ClosingConnections(drain))
        router.add(middleware: ProblemErrors(logger: logger))
    }

    /// What the input of a method may hold, whatever its bytes: a hundred behaviour events at most.
    private static let bounds = JSONBounds(elements: 1_000, keys: 5_000)

    /// Adds a method. `handler` runs in the caller's context, until its deadline.
    package mutating func on<Input, Output>(
        _ method: WireMethod<Input, Output>, _ handler: @escaping @Sendable (Input) async throws -> Output
    ) {
        let (receiver, logger) = (receiver, logger)
        methods.append(WireMethodEntry(method))
        router.post(method.path) { request, context in
            do {
                var call = try await receiver.context(over: .http) { name in
                    HTTPField.Name(name).flatMap { request.headers[$0] }
                }
                call.joinTrace(of: .current)  // RequestScope has read the caller's span.
                let deadline = call.deadline ?? .now.advanced(by: method.limit)
                call.deadline = deadline
                // Callers are services of the shop: no network of theirs is a client's.
                let body = try await ReceivedBody(
                    request, within: method.longestInput, share: context.bodyMemory.share(of: nil))
                let input = try await body.parsed { try Self.input($0) as Input }
                let output = try await call.run {
                    try await withDeadline(deadline) { try await handler(input) }
                }
                return try jsonResponse(output)
            } catch let error as ServiceError {
                return try Self.response(to: error)
            } catch is CancellationError {
                return try Self.response(to: .unavailable("The service"))
            } catch {
                logger.error(
                    "Request failed unexpectedly", error: error, metadata: ["http.route": "\(method.path)"])
                return try Self.response(to: .unexpected)
            }
        }
    }

    private static func input<Input: Codable & Sendable>(_ text: ByteBuffer) throws -> Input {
        try bounds.check(text)
        do { return try JSON.decode(Input.self, from: text) } catch {
            throw ServiceError(ErrorCode.invalidJSON, "The body is not the input of this method.")
        }
    }

    private static func response(to error: ServiceError) throws -> Response {
        let problem = Problem(error)
        var response = try jsonResponse(WireProblem(error), status: problem.status, headers: problem.headers)
        response.headers[.contentType] = "application/problem+json"
        return response
    }

    /// Call after the last method.
    package func finished() -> APIRouter {
        router.finish()
        return router
    }
}

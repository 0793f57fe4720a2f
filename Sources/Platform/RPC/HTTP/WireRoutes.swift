import Calls
import HTTPTypes
import Hummingbird
package import Logging
import NIOCore
package import Web

/// The server's side of ``WireMethod``s: who calls is checked before anything is read.
package struct WireRoutes {
    package private(set) var router = APIRouter()
    private let receiver: CallReceiver
    private let logger: Logger

    package init(service: String, receiver: CallReceiver, logger: Logger) {
        self.receiver = receiver
        self.logger = logger
        router.add(middleware: RequestScope(service: service, logger: logger))
        router.add(middleware: ProblemErrors(logger: logger))
    }

    /// Answers a method. `handler` runs in the caller's context, until its deadline.
    package mutating func on<Input, Output>(
        _ method: WireMethod<Input, Output>, _ handler: @escaping @Sendable (Input) async throws -> Output
    ) {
        let (receiver, logger) = (receiver, logger)
        router.post(method.path) { request, context in
            do {
                let call = try await receiver.context { name in
                    HTTPField.Name(name).flatMap { request.headers[$0] }
                }
                let body = try await request.body.collect(upTo: RequestFields.maximumBodySize * 4)
                let input: Input
                do { input = try JSON.decode(Input.self, from: body) } catch {
                    throw ServiceError(.unreadable, code: "invalid_json", "The body is not what this method takes.")
                }
                let output = try await call.run {
                    try await withDeadline(call.deadline ?? .now.advanced(by: method.limit)) {
                        try await handler(input)
                    }
                }
                return try jsonResponse(output)
            } catch let error as ServiceError {
                return try Self.answer(to: error)
            } catch is CancellationError {
                return try Self.answer(to: .unavailable("The service"))
            } catch {
                logger.error(
                    "Request failed unexpectedly", error: error, metadata: ["http.route": "\(method.path)"])
                return try Self.answer(
                    to: ServiceError(.internal, code: "internal", "Something went wrong on our side."))
            }
        }
    }

    private static func answer(to error: ServiceError) throws -> Response {
        var response = try jsonResponse(WireProblem(error), status: Web.status(of: error.kind))
        response.headers[.contentType] = "application/problem+json"
        return response
    }

    /// Call after the last method.
    package func finished() -> APIRouter {
        router.finish()
        return router
    }
}

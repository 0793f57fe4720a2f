package import Hummingbird
package import Logging
import ServiceKit

/// Turns every error into an `application/problem+json` response. An unexpected error is logged, and its response is a 500
/// without the cause.
package struct ProblemErrors: RouterMiddleware {
    package typealias Context = WebContext

    private let logger: Logger

    package init(logger: Logger) { self.logger = logger }

    package func handle(
        _ request: Request, context: WebContext, next: Next
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as any HTTPResponseError where error.status.kind == .redirection {
            return try error.response(from: request, context: context)
        } catch {
            let problem = Problem(error)
            problem.log(error, route: context.route, to: logger)
            return problem.response(requestID: context.requestID)
        }
    }
}

extension Problem {
    /// Logs the cause if the error was unexpected.
    package func log(_ error: any Error, route: String, to logger: Logger) {
        guard isUnexpected else { return }
        logger.error("Request failed unexpectedly", error: error, metadata: [LogKey.route: "\(route)"])
    }
}

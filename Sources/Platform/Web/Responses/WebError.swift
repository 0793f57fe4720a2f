package import HTTPTypes
package import ServiceKit

/// An error that only HTTP has, such as a method that is not allowed; everything else is a `ServiceError`.
package struct WebError: Error, Sendable, CustomStringConvertible {
    package var status: HTTPResponse.Status
    /// Stable, lower snake case.
    package var code: String
    package var message: String
    package var headers: HTTPFields

    private init(_ status: HTTPResponse.Status, _ code: String, _ message: String, _ headers: HTTPFields) {
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers
    }

    package init(_ code: WebErrorCode, _ message: String, headers: HTTPFields = [:]) {
        self.init(code.status, code.rawValue, message, headers)
    }

    /// An error of a service with headers of its own.
    package init(_ error: ServiceError, headers: HTTPFields) {
        self.init(Web.status(of: error.kind), error.code, error.message, headers)
    }

    package var description: String { "\(code): \(message)" }

    package static let unsupportedMediaType = WebError(
        .unsupportedMediaType, "Send the body as application/json in UTF-8.",
        headers: [.accept: "application/json"])

    package static func methodNotAllowed(allow methods: [String]) -> WebError {
        WebError(
            .methodNotAllowed, "This resource does not have that method.",
            headers: [.allow: methods.joined(separator: ", ")])
    }
}

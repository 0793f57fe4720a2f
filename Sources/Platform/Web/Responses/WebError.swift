package import HTTPTypes

/// An error that only HTTP has, such as a method that is not allowed; everything else is a `ServiceError`.
package struct WebError: Error, Sendable, CustomStringConvertible {
    package var status: HTTPResponse.Status
    /// Stable, lower snake case.
    package var code: String
    package var message: String
    package var headers: HTTPFields

    package init(_ status: HTTPResponse.Status, code: String, _ message: String, headers: HTTPFields = [:]) {
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers
    }

    package var description: String { "\(code): \(message)" }

    package static let unsupportedMediaType = WebError(
        .unsupportedMediaType, code: "unsupported_media_type", "Send the body as application/json in UTF-8.",
        headers: [.accept: "application/json"])

    package static func methodNotAllowed(allow methods: [String]) -> WebError {
        WebError(
            .methodNotAllowed, code: "method_not_allowed", "This resource does not have that method.",
            headers: [.allow: methods.joined(separator: ", ")])
    }
}

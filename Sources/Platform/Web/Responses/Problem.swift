package import HTTPTypes
package import Hummingbird
import NIOCore
package import ServiceKit

/// The HTTP status of a kind of error. The only such mapping.
package func status(of kind: ServiceError.Kind) -> HTTPResponse.Status {
    switch kind {
    case .unreadable: .badRequest
    case .unauthenticated: .unauthorized
    case .paymentRequired: HTTPResponse.Status(code: 402, reasonPhrase: "Payment Required")
    case .forbidden: .forbidden
    case .notFound: .notFound
    case .conflict: .conflict
    case .tooLarge: .contentTooLarge
    case .invalid: .unprocessableContent
    case .tooManyRequests: .tooManyRequests
    case .unavailable: .serviceUnavailable
    case .internal: .internalServerError
    }
}

/// What a caller sees of an error (RFC 9457), in any representation.
package struct Problem: Sendable {
    package var status: HTTPResponse.Status
    package var code: String
    package var detail: String
    package var fields: [ServiceError.Field] = []
    package var headers: HTTPFields = [:]
    /// True for an unexpected error: it is a bug, and its cause belongs in the log.
    package var isUnexpected = false

    package init(_ error: any Error) {
        switch error {
        case let error as ServiceError:
            self.init(Web.status(of: error.kind), error.code, error.message)
            fields = error.fields
            if let wait = error.retryAfter { headers[.retryAfter] = String(max(1, wait.roundedUpSeconds)) }
            if error.kind == .unauthenticated { headers[.wwwAuthenticate] = "Bearer" }
        case let error as WebError:
            self.init(error.status, error.code, error.message)
            headers = error.headers
        case let error as any HTTPResponseError where error.status.kind == .clientError:
            self.init(error.status, Self.code(of: error.status), Self.detail(of: error.status))
            if let error = error as? HTTPError { headers = error.headers }
        case is CancellationError:
            // The client disconnected or the process stops: no bug.
            self.init(ServiceError.unavailable("The service"))
        default:
            self.init(ServiceError.unexpected)
            isUnexpected = true
        }
    }

    private init(_ status: HTTPResponse.Status, _ code: String, _ detail: String) {
        self.status = status
        self.code = code
        self.detail = detail
    }

    static let contentType = "application/problem+json"

    /// The problem as `application/problem+json`.
    package func response(requestID: String) -> Response {
        var response = Response(status: status, headers: headers)
        response.body = ResponseBody(byteBuffer: body(requestID: requestID))
        response.headers[.contentType] = Self.contentType
        response.headers[.cacheControl] = "no-store"
        return response
    }

    func body(requestID: String) -> ByteBuffer {
        struct Body: Encodable {
            let type = "about:blank"
            let title: String
            let status: Int
            let detail: String
            let code: String
            let request_id: String
            let errors: [ServiceError.Field]?
        }
        let body = Body(
            title: status.reasonPhrase, status: status.code, detail: detail, code: code, request_id: requestID,
            errors: fields.isEmpty ? nil : fields)
        return (try? JSON.buffer(body)) ?? ByteBuffer()
    }

    private static func code(of status: HTTPResponse.Status) -> String {
        switch status.code {
        case 400: ErrorCode.badRequest.rawValue
        case 404: ErrorCode.notFound.rawValue
        case 413: ErrorCode.bodyTooLarge.rawValue
        default: String(status.reasonPhrase.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
        }
    }

    private static func detail(of status: HTTPResponse.Status) -> String {
        switch status.code {
        case 400: "The request cannot be read."
        case 404: "There is nothing here."
        case 413: "The body is larger than allowed."
        default: "\(status.reasonPhrase)."
        }
    }
}

extension Duration {
    fileprivate var roundedUpSeconds: Int64 { components.seconds + (components.attoseconds > 0 ? 1 : 0) }
}

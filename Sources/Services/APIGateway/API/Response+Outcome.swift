import HTTPTypes
import Hummingbird
import ServiceKit
import Web

extension Response {
    /// The response of a call that honours an idempotency key: the same whether it ran now or earlier.
    static func outcome<Value: Encodable & Sendable>(
        _ outcome: Outcome<Value>, status: HTTPResponse.Status = .ok, location: String? = nil
    ) throws -> Response {
        var headers = HTTPFields()
        if outcome.replayed { headers[.idempotentReplayed] = "true" }
        if let location { headers[.location] = location }
        return try jsonResponse(outcome.value, status: status, headers: headers)
    }

    static var noContent: Response { Response(status: .noContent) }
}

import HTTPTypes
import Hummingbird
import ServiceKit
import Web

/// The answer of something that honours an idempotency key: the same whether it ran now or earlier.
func answer<Value: Encodable & Sendable>(
    _ outcome: Outcome<Value>, status: HTTPResponse.Status = .ok, location: String? = nil
) throws -> Response {
    var headers = HTTPFields()
    if outcome.replayed { headers[.idempotentReplayed] = "true" }
    if let location { headers[.location] = location }
    return try jsonResponse(outcome.value, status: status, headers: headers)
}

func noContent() -> Response { Response(status: .noContent) }

/// A list that is always given whole.
struct WholeList<Item: Encodable & Sendable>: Encodable, Sendable {
    let items: [Item]

    enum CodingKeys: String, CodingKey {
        case items
        case nextCursor = "next_cursor"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(items, forKey: .items)
        try container.encodeNil(forKey: .nextCursor)
    }
}

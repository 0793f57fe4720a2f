import OfferContract
import ServiceKit

extension Rules {
    /// At most this many bytes of JSON are read.
    static let largestDocument = 1_048_576

    /// Reads and checks a document. Throws `ServiceError`: 400 `unreadable_rules` unless it is JSON, 413 when it is
    /// too large, 422 `invalid_request` with every fault and its path (`promotions[2].percent`).
    init(json: String) throws(ServiceError) {
        guard json.utf8.count <= Self.largestDocument else {
            throw ServiceError(OfferErrorCode.rulesTooLarge, "The rules have more than 1 MiB.")
        }
        let node: JSONValue
        do {
            node = try JSON.decode(JSONValue.self, from: json)
        } catch {
            throw ServiceError(OfferErrorCode.unreadableRules, "The rules are not valid JSON.")
        }
        try self.init(node)
    }
}

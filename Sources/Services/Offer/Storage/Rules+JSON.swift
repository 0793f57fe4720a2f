import FoundationEssentials
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
        let node: JSONNode
        do {
            node = try JSONDecoder().decode(JSONNode.self, from: Data(json.utf8))
        } catch {
            throw ServiceError(OfferErrorCode.unreadableRules, "The rules are not valid JSON.")
        }
        try self.init(node)
    }
}

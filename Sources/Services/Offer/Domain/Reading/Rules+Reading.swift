import Commerce
import FoundationEssentials
import ServiceKit

extension Rules {
    /// At most this many bytes of JSON are read.
    static let largestDocument = 1_048_576

    /// Reads and checks a document. Throws `ServiceError`: 400 `unreadable_rules` unless it is JSON, 413 when it is
    /// too large, 422 `invalid_request` with every fault and its path (`promotions[2].percent`).
    init(json: String) throws(ServiceError) {
        guard json.utf8.count <= Self.largestDocument else {
            throw ServiceError(.tooLarge, code: "rules_too_large", "The rules have more than 1 MiB.")
        }
        let node: JSONNode
        do {
            node = try JSONDecoder().decode(JSONNode.self, from: Data(json.utf8))
        } catch {
            throw ServiceError(.unreadable, code: "unreadable_rules", "The rules are not valid JSON.")
        }
        let faults = Faults()
        let root = NodeReader(
            node, path: "", faults: faults, known: ["version", "home_country", "promotions", "shipping", "taxes"])
        if root.integer("version", in: 1...Int.max, required: true).map({ $0 != 1 }) ?? false {
            root.fault("version", "unsupported", "must be 1")
        }
        let home = root.country("home_country")
        let promotions = Promotion.read(from: root)
        let zones = ShippingZone.read(from: root)
        let taxes = TaxRule.read(from: root)
        guard faults.fields.isEmpty, let home else { throw .invalid(faults.fields) }
        self.init(homeCountry: home, promotions: promotions, zones: zones, taxes: taxes)
    }
}

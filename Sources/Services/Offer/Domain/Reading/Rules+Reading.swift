import Commerce
import OfferContract
import ServiceKit

extension Rules {
    /// Reads a document. Throws 422 `invalid_request` with every fault and its path (`promotions[2].percent`).
    init(_ document: JSONValue) throws(ServiceError) {
        let faults = Faults()
        let root = NodeReader(
            document, path: "", faults: faults,
            known: ["version", "home_country", "promotions", "shipping", "taxes"])
        if root.integer("version", in: 1...Int.max, required: true).map({ $0 != 1 }) ?? false {
            root.fault("version", OfferFieldCode.unsupported, "must be 1")
        }
        let home = root.country("home_country")
        let promotions = Promotion.read(from: root)
        let zones = ShippingZone.read(from: root)
        let taxes = TaxRule.read(from: root)
        guard faults.collected.isEmpty, let home else { throw .invalid(faults.collected.fields) }
        self.init(homeCountry: home, promotions: promotions, zones: zones, taxes: taxes)
    }
}

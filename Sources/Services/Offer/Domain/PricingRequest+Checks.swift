import Commerce
import OfferContract
import ProductContract
import ServiceKit

extension PricingRequest {
    /// Throws 422 unless the lines can be added up. The bounds keep later integer arithmetic far from its limits.
    func check() throws(ServiceError) {
        var faults = FieldFaults()
        var ids: Set<LineID> = []
        for (index, line) in lines.enumerated() {
            func add(_ field: String, _ code: some ErrorCodeList, _ detail: String) {
                faults.report("lines[\(index)].\(field)", code, detail)
            }
            if !(1...1_000_000).contains(line.quantity) {
                add("quantity", FieldCode.outOfRange, "must be from 1 to 1000000")
            }
            if line.detail.variant.price.currency != currency {
                add("currency", ErrorCode.currencyMismatch, "must be \(currency.code)")
            }
            if line.detail.variant.price.amount < 0 { add("price", FieldCode.outOfRange, "must not be negative") }
            if !ids.insert(line.id).inserted { add("id", FieldCode.duplicate, "is used by another line") }
        }
        try faults.check()
    }
}

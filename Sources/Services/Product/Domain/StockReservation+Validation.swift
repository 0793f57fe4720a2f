import Commerce
import ProductContract
import ServiceKit

extension StockReservation {
    /// Throws 422 with every fault: no line, too many of them, or a quantity out of range.
    func validate() throws(ServiceError) {
        var faults = FieldFaults()
        for (index, line) in lines.enumerated() where !(1...1_000_000).contains(line.quantity) {
            faults.report("lines[\(index)].quantity", FieldCode.outOfRange, "must be from 1 to 1000000")
        }
        if lines.isEmpty || lines.count > 1_000 {
            faults.report("lines", FieldCode.outOfRange, "must be from 1 to 1000")
        }
        try faults.check()
    }
}

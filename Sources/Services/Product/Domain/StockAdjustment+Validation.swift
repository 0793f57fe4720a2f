import Commerce
import ProductContract
import ServiceKit

extension StockAdjustment {
    /// Throws 422 when the reason is too long.
    func validate() throws(ServiceError) {
        guard reason.unicodeScalars.count <= 200 else {
            throw .invalid("reason", code: FieldCode.tooLong, "must have at most 200 characters")
        }
    }
}

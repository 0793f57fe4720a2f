import CartContract
import Commerce
import ServiceKit

extension CartChange {
    /// The change with its email address normalised. Throws 422 naming every field at fault.
    func validated() throws(ServiceError) -> CartChange {
        var faults: [ServiceError.Field] = []
        var change = self
        if let email {
            change.email = EmailAddress.normalised(email)
            if change.email == nil {
                faults.append(.init(field: "email", code: FieldCode.invalidEmail, detail: "must be an e-mail address"))
            }
        }
        for (name, address) in [("shipping_address", shippingAddress), ("billing_address", billingAddress)] {
            for problem in address?.problems ?? [] {
                faults.append(.init(field: "\(name).\(problem.field)", code: problem.code, detail: problem.detail))
            }
        }
        if !faults.isEmpty { throw .invalid(faults) }
        return change
    }
}

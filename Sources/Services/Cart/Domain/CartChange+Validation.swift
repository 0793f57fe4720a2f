import CartContract
import Commerce
import ServiceKit

extension CartChange {
    /// The change with its email address normalised. Throws 422 naming every field at fault.
    func validated() throws(ServiceError) -> CartChange {
        var faults = FieldFaults()
        var change = self
        if let email {
            change.email = EmailAddress.normalised(email)
            if change.email == nil {
                faults.report("email", FieldCode.invalidEmail, "must be an e-mail address")
            }
        }
        for (name, address) in [("shipping_address", shippingAddress), ("billing_address", billingAddress)] {
            for problem in address?.problems ?? [] {
                faults.report(FieldFaults.path(name, problem.field), problem.code, problem.detail)
            }
        }
        try faults.check()
        return change
    }
}

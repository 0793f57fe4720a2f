import AuthContract
import Commerce
import ServiceKit

extension CartDocument {
    /// Throws 404 unless the cart is the caller's, or the caller may read everybody's.
    func requireReader(_ principal: Principal) throws(ServiceError) {
        if isOpen(to: principal) || principal.may(.ordersRead) { return }
        throw .notFound("cart")
    }

    /// Throws 404 unless the cart is the caller's or Magpie itself acts.
    func requireWriter(_ principal: Principal) throws(ServiceError) {
        if case .system = principal { return }
        if isOpen(to: principal) { return }
        throw .notFound("cart")
    }

    /// A guest's cart becomes the customer's who uses it.
    mutating func bind(to principal: Principal) {
        if owner == nil { owner = principal.customerID }
    }

    /// Whether a total shown to this caller is one the customer saw. A guest's cart is open to staff too, who only look.
    func isShownToCustomer(_ principal: Principal) -> Bool {
        guard isOpen(to: principal) else { return false }
        return owner != nil || !principal.may(.ordersRead)
    }

    private func isOpen(to principal: Principal) -> Bool {
        if case .system = principal { return false }
        return owner.map { $0 == principal.customerID } ?? true
    }
}

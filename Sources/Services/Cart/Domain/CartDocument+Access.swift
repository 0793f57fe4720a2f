import AuthContract
import CartContract
import Commerce
import ServiceKit

extension CartDocument {
    /// Throws 404 unless the cart is the caller's or the caller may read all carts.
    func requireReader(_ principal: Principal) throws(ServiceError) {
        if isOpen(to: principal) || principal.may(.ordersRead) { return }
        throw .cartNotFound
    }

    /// Throws 404 unless the cart is the caller's or the caller is a service.
    func requireWriter(_ principal: Principal) throws(ServiceError) {
        if case .system = principal { return }
        if isOpen(to: principal) { return }
        throw .cartNotFound
    }

    /// A guest's cart becomes the cart of the customer who changes it.
    mutating func bind(to principal: Principal) {
        if owner == nil { owner = principal.customerID }
    }

    /// Whether a total shown to this caller is one that the customer saw. Staff can open a guest's cart too, but do not
    /// act for the guest.
    func isShownToCustomer(_ principal: Principal) -> Bool {
        guard isOpen(to: principal) else { return false }
        return owner != nil || !principal.may(.ordersRead)
    }

    private func isOpen(to principal: Principal) -> Bool {
        if case .system = principal { return false }
        return owner.map { $0 == principal.customerID } ?? true
    }
}

import AuthContract
import Commerce
import ServiceKit

/// Who may see an account.
enum AccountAccess {
    /// Throws 401 for callers without a login, and 404 unless the account is the caller's own or the caller may read all:
    /// the account of another customer gives the same response as one that does not exist.
    static func requireReader(_ principal: Principal, of id: CustomerID) throws(ServiceError) {
        guard principal != .anonymous else { throw .unauthenticated }
        guard principal.customerID == id || principal.may(.customersRead) else { throw .customerNotFound }
    }
}

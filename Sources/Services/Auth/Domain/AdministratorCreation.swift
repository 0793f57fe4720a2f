package import AuthContract

/// The result of creating an administrator.
package enum AdministratorCreation: Hashable, Sendable {
    /// The password is not stored and cannot be shown again.
    case created(Customer, password: String)
    /// The account keeps its password; its sessions have ended.
    case promoted(Customer)
    /// The account was an administrator's already.
    case unchanged(Customer)
    /// The account is a customer's, and promotion was not asked for: nothing changed.
    case refused(Customer)
}

package import AuthContract

/// The result of revoking an administrator's role.
package struct AdministratorRevocation: Hashable, Sendable {
    /// As the account is now.
    package var customer: Customer
    /// False when it was a customer's before.
    package var hasChanged: Bool
    /// Whether the shop has another administrator.
    package var leavesAdministrator: Bool
}

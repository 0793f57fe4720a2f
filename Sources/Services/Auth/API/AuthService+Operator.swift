package import AuthContract
import ServiceKit

/// What the command line does to accounts and keys; no caller's permissions are checked here. Each action and its
/// record for the audit log are one transaction; `actor` is who acts, as that log names it.
extension AuthService {
    /// Creates an administrator's account.
    /// - Parameters:
    ///   - password: Of a new account; generated when nil.
    ///   - promote: Whether an account that a customer has may become an administrator's.
    package func createAdministrator(
        email: String, password: String?, name: String, promote: Bool = false, by actor: String
    ) async throws -> AdministratorCreation {
        try await boundary.call {
            let password = password ?? GenerateSecret.run(bytes: PasswordRules.generatedLength)
            let registration = try Registration(email: email, password: password, name: name).validated()
            return try await CreateAdministrator(context: context, actor: actor).run(registration, promote: promote)
        }
    }

    /// Makes the account a customer's and ends its sessions. Access tokens it has keep their permissions until they
    /// expire, ``AuthSettings/accessLifetime`` later at most. Throws 404 `customer_not_found`.
    package func revokeAdministrator(email: String, by actor: String) async throws -> AdministratorRevocation {
        try await boundary.call { try await RevokeAdministrator(context: context, actor: actor).run(email: email) }
    }

    /// Gives the account a new password, ends its sessions and deletes its login failures. The role stays. Throws 404
    /// `customer_not_found`.
    /// - Parameter password: Generated when nil.
    /// - Returns: The account and its password, which is not stored and cannot be shown again.
    package func resetPassword(
        email: String, password: String?, by actor: String
    ) async throws -> (customer: Customer, password: String) {
        try await boundary.call {
            let password = password ?? GenerateSecret.run(bytes: PasswordRules.generatedLength)
            let customer = try await ResetPassword(context: context, actor: actor).run(email: email, to: password)
            return (customer, password)
        }
    }

    /// Signs with a new key from ten minutes on; tokens of the old one stay valid until they expire.
    package func rotateSigningKey(by actor: String) async throws {
        try await boundary.call { try await RotateSigningKey(context: context, actor: actor).run() }
    }

    /// For a key that others may have: withdraws all keys and signs with a new one. Every process has fetched it within
    /// two minutes; tokens of the old keys are refused from then on, and clients refresh them.
    package func withdrawSigningKeys(by actor: String) async throws {
        try await boundary.call { try await WithdrawSigningKeys(context: context, actor: actor).run() }
    }

    /// The account with this email address, created when there is none; an existing one stays as it is.
    package func ensureDemoCustomer(email: String, password: String, name: String) async throws -> Customer {
        try await boundary.call {
            let registration = try Registration(email: email, password: password, name: name).validated()
            return try await EnsureDemoCustomer(context: context).run(registration)
        }
    }
}

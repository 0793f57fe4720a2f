package import AuthContract
import ServiceKit

extension AuthService {
    package func changePassword(_ change: PasswordChange) async throws {
        try await boundary.call {
            guard let id = CallContext.current.principal.customerID else { throw ServiceError.unauthenticated }
            try await ChangePassword(context: context).run(change, of: id)
        }
    }
}

package import AuthContract
import ServiceKit

extension AuthService {
    package func logIn(email: String, password: String) async throws -> SignIn {
        try await boundary.call { try await LogIn(context: context).run(email: email, password: password) }
    }

    package func refresh(_ refreshToken: String) async throws -> SignIn {
        try await boundary.call {
            guard let presented = RefreshToken(refreshToken) else { throw ServiceError.invalidRefreshToken }
            return try await RefreshSession(context: context).run(presented)
        }
    }

    package func logOut(refreshToken: String) async throws {
        try await boundary.call {
            guard let presented = RefreshToken(refreshToken) else { return }
            try await LogOut(context: context).run(presented)
        }
    }
}

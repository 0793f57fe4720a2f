import Identity
import ServiceKit

extension AuthService {
    package func jsonWebKeySet() async throws -> String {
        try await boundary.call { try await context.keys.keySet().json }
    }
}

import Identity

extension AuthService {
    package func jsonWebKeySet() async throws -> String { try await atEdge { try await context.keys.keySet().json } }
}

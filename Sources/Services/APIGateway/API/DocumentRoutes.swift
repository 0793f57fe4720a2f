import AuthContract
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceKit
import Web

/// Documents at fixed addresses: the signing keys, the OpenID configuration and the description of the API.
struct DocumentRoutes: Sendable {
    let accounts: any Accounts
    /// Without a slash at its end.
    let publicURL: String
    private let description: ByteBuffer?

    init(accounts: any Accounts, publicURL: String, logger: Logger) {
        self.accounts = accounts
        self.publicURL = String(publicURL.reversed().drop { $0 == "/" }.reversed())
        description = Self.openAPI()
        if description == nil { logger.error("The OpenAPI document is missing from the resources") }
    }

    func add(to table: inout RouteTable) {
        table.document("/.well-known/jwks.json", use: keys)
        table.document("/.well-known/openid-configuration", use: configuration)
        table.document("/openapi.json", use: openAPI)
    }

    /// The document as it is served; nil when the resources are not there.
    static func openAPI() -> ByteBuffer? {
        Bundle.module.url(forResource: "openapi", withExtension: "json", subdirectory: "Resources")
            .flatMap { try? Data(contentsOf: $0) }
            .map { ByteBuffer(bytes: $0) }
    }

    private static let cacheable: HTTPFields = [.cacheControl: "public, max-age=300"]

    @Sendable private func keys(_ call: Call) async throws -> Response {
        let keys = try await accounts.jsonWebKeySet()
        return jsonResponse(body: ByteBuffer(string: keys), headers: Self.cacheable)
    }

    @Sendable private func configuration(_ call: Call) async throws -> Response {
        try jsonResponse(Discovery(issuer: publicURL), headers: Self.cacheable)
    }

    @Sendable private func openAPI(_ call: Call) async throws -> Response {
        guard let description else { throw ServiceError.documentNotFound }
        return jsonResponse(body: description, headers: Self.cacheable)
    }
}

/// The metadata of OpenID Connect Discovery 1.0, section 3, as far as it applies: tokens are issued for a password.
private struct Discovery: Encodable {
    let issuer: String

    enum CodingKeys: String, CodingKey {
        case issuer, jwks_uri, token_endpoint, userinfo_endpoint, revocation_endpoint, service_documentation
        case response_types_supported, subject_types_supported, grant_types_supported
        case id_token_signing_alg_values_supported
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        let api = issuer + RouteTable.prefix
        try container.encode(issuer, forKey: .issuer)
        try container.encode(issuer + "/.well-known/jwks.json", forKey: .jwks_uri)
        try container.encode(api + "/auth/login", forKey: .token_endpoint)
        try container.encode(api + "/auth/me", forKey: .userinfo_endpoint)
        try container.encode(api + "/auth/logout", forKey: .revocation_endpoint)
        try container.encode(["token"], forKey: .response_types_supported)
        try container.encode(["public"], forKey: .subject_types_supported)
        try container.encode(["ES256"], forKey: .id_token_signing_alg_values_supported)
        try container.encode(["password", "refresh_token"], forKey: .grant_types_supported)
        try container.encode(issuer + "/openapi.json", forKey: .service_documentation)
    }
}

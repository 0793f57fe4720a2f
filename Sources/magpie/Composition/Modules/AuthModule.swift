import AuthContract
import AuthService
import AuthWire
import EventContract
import EventLog
import Logging
import ServiceLifecycle

enum AuthModule: CallableModule {
    static let declaration = ServiceDeclaration(
        name: "auth-service", port: 50_051, owns: "accounts, sessions, signing keys", needs: [.sql, .kafka],
        produces: [.accounts, .staff])

    static let endpoint = Endpoint<AuthService>.grpc { [GRPCAccountsServer($0)] }

    static func make(_ dependencies: ServiceDependencies) async throws -> AuthService {
        let settings = dependencies.settings
        return try AuthService(
            database: await dependencies.backends.database("auth", of: declaration, AuthService.migrations),
            log: dependencies.backends.eventLog,
            settings: AuthSettings(
                issuer: settings.publicURL, hashesPerClient: settings.rateLimit ? AuthSettings().hashesPerClient : nil,
                failuresPerNetwork: settings.rateLimit ? AuthSettings().failuresPerNetwork : nil,
                digestKey: dependencies.secret("login-digest")),
            logger: dependencies.logger)
    }

    static func background(of accounts: AuthService, logger: Logger) -> [any ServiceLifecycle.Service] {
        accounts.backgroundServices
    }

    static func contract(of accounts: AuthService) -> any Accounts { accounts }
    static func client(_ remote: RemoteClients) throws -> any Accounts {
        GRPCAccountsClient(try remote.grpc(to: declaration))
    }
}

extension OneProcess {
    var accounts: AuthService { get async throws { try await composition.instance(of: AuthModule.self) } }
}

import ArgumentParser
import Foundation
import ServiceKit

struct Admin: CommandGroup {
    static let configuration = CommandConfiguration(
        abstract: "Staff accounts, and the keys that sign access tokens.",
        subcommands: [Create.self, Revoke.self, ResetPassword.self, RotateKeys.self])
}

extension Admin {
    /// Runs `body` on the shop; what it refuses is printed, and the exit code 1.
    static func run(
        _ options: Settings.Options, new: Bool = false, _ body: (OneProcess) async throws -> Void
    ) async throws {
        let settings = try Settings(options)
        let isNew = settings.backends.database == nil && !DataFolder(settings.data).holdsShop
        let shop = try await OneProcess.forCommand(settings, new: new)
        if isNew { Console.complain("WARN   there was no shop in \(settings.data.path): a new one was made there") }
        do {
            try await CallContext(principal: .system("admin")).run { try await body(shop) }
        } catch {
            try? await shop.close()
            guard let error = error as? ServiceError else { throw error }
            for field in error.fields { Console.complain("\(field.field): \(field.detail)") }
            Console.complain(error.message)
            throw ExitCode.failure
        }
        try await shop.close()
    }
}

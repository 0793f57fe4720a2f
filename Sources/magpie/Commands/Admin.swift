import ArgumentParser
import AuthContract
import AuthService
import Foundation
import Logging
import ServiceKit

struct Admin: CommandGroup {
    static let configuration = CommandConfiguration(
        abstract: "Staff accounts, and the keys that sign access tokens.",
        subcommands: [Create.self, Revoke.self, ResetPassword.self, RotateKeys.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes an administrator's account.",
            discussion: "An account that is there already keeps its password.")
        @Argument(help: "The e-mail address.") var email: String
        @OptionGroup var given: NewPassword
        @Flag(help: "Makes a customer's account an administrator's. Its sessions end.") var promote = false
        @OptionGroup var options: Settings.Options

        func run() async throws {
            let password = given.read()
            try await administer(options, new: true) { shop in
                let outcome = try await shop.accounts.createAdministrator(
                    email: email, password: password, name: "Administrator", promote: promote, by: Operator.actor)
                switch outcome {
                case .created(let account, let made):
                    Console.say("\(account.email) is an administrator.")
                    if password == nil { Console.say("Password: \(made)") }
                    return
                case .promoted(let account):
                    Console.say("\(account.email) is an administrator now, with the password as before.")
                case .unchanged(let account):
                    Console.say("\(account.email) is an administrator already.")
                case .refused(let account):
                    throw Fault(
                        "\(account.email) is a customer: --promote makes the account an administrator's; "
                            + "a customer who has forgotten the password needs magpie admin reset-password")
                }
                if password != nil {
                    Console.complain("The password was not changed: magpie admin reset-password does that.")
                }
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes an administrator's account a customer's.",
            discussion: """
                Its sessions end at once. Access tokens that it has keep their permissions until they end, for 15 minutes \
                at most; `magpie admin rotate-keys --now` ends everybody's within two.
                """)
        @Argument(help: "The e-mail address.") var email: String
        @OptionGroup var options: Settings.Options

        func run() async throws {
            try await administer(options) { shop in
                let outcome = try await shop.accounts.revokeAdministrator(email: email, by: Operator.actor)
                let email = outcome.customer.email
                Console.say(
                    outcome.hasChanged
                        ? "\(email) is no administrator any more; access tokens that are out end within 15 minutes."
                        : "\(email) is a customer: nothing has changed.")
                if !outcome.leavesAdministrator {
                    Console.complain("WARN   the shop has no administrator: magpie admin create makes one")
                }
            }
        }
    }

    struct ResetPassword: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives an account a new password; its sessions end, its role stays.")
        @Argument(help: "The e-mail address.") var email: String
        @OptionGroup var given: NewPassword
        @OptionGroup var options: Settings.Options

        func run() async throws {
            let password = given.read()
            try await administer(options) { shop in
                let reset = try await shop.accounts.resetPassword(
                    email: email, password: password, by: Operator.actor)
                Console.say("\(reset.customer.email) has a new password.")
                if password == nil { Console.say("Password: \(reset.password)") }
            }
        }
    }

    struct RotateKeys: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a new key to sign access tokens with.",
            discussion: """
                The new key is published at once and signs in ten minutes; the old ones go when their last token has \
                ended. Nobody notices.
                """)
        @Flag(
            help: """
                For a key that others may know: the old keys and their tokens end within two minutes. Clients refresh \
                their tokens; nobody has to log in anew.
                """)
        var now = false
        @OptionGroup var options: Settings.Options

        func run() async throws {
            try await administer(options) { shop in
                let actor = Operator.actor
                try await now ? shop.accounts.withdrawSigningKeys(by: actor) : shop.accounts.rotateSigningKey(by: actor)
                Console.say(
                    now
                        ? "The old keys are withdrawn: their tokens end within two minutes."
                        : "A new key signs in ten minutes.")
            }
        }
    }
}

struct NewPassword: ParsableArguments {
    @Option(help: "The password, which other users of this machine can see meanwhile; one is made up without.")
    var password: String?
    @Flag(help: "Reads the password's line from standard input instead.") var passwordStdin = false

    func read() -> String? { passwordStdin ? readLine() ?? "" : password }
}

/// Runs `body` on the shop; what it refuses is printed, and the exit code 1.
private func administer(
    _ options: Settings.Options, new: Bool = false, _ body: (Shop) async throws -> Void
) async throws {
    let settings = try Settings(options)
    let isNew = settings.engines.database == nil && !DataFolder(settings.data).holdsShop
    let shop = try await Shop.forCommand(settings, new: new)
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

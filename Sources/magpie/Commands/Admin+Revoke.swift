import ArgumentParser
import AuthContract
import AuthService

extension Admin {
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
            try await Admin.run(options) { shop in
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
}

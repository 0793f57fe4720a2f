import ArgumentParser
import AuthContract
import AuthService

extension Admin {
    struct ResetPassword: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives an account a new password; its sessions end, its role stays.")
        @Argument(help: "The e-mail address.") var email: String
        @OptionGroup var given: NewPassword
        @OptionGroup var options: Settings.Options

        func run() async throws {
            let password = given.read()
            try await Admin.run(options) { shop in
                let reset = try await shop.accounts.resetPassword(
                    email: email, password: password, by: Operator.actor)
                Console.say("\(reset.customer.email) has a new password.")
                if password == nil { Console.say("Password: \(reset.password)") }
            }
        }
    }
}

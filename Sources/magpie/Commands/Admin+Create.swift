import ArgumentParser
import AuthContract
import AuthService

extension Admin {
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
            try await Admin.run(options, new: true) { shop in
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
}

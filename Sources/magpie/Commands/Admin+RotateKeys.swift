import ArgumentParser
import AuthService

extension Admin {
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
            try await Admin.run(options) { shop in
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

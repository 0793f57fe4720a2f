import ArgumentParser
import AuthContract
import AuthService
import ServiceKit

extension Export {
    struct Customers: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Every account, newest first.")
        @OptionGroup var options: Settings.Options

        func run() async throws {
            try await Export.write("customers", options) { shop, cursor in
                try await shop.accounts.customers(email: nil, page: PageRequest(cursor: cursor, limit: 100))
            }
        }
    }
}

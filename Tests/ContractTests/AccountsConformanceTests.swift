import AuthContract
import AuthService
import AuthWire
import Commerce
import ContractTestSupport
import ServiceKit
import TestSupport
import Testing

/// One set of accounts, asked directly and from another process: the answers are the same.
@Suite struct AccountsConformanceTests {
    @Test(arguments: Route.allCases) func aCustomersWholeLife(_ route: Route) async throws {
        try await withDatabase(AuthService.migrations) { database in
            try await withEventLog { log in
                let settings = AuthSettings(passwordCost: PasswordCost(logN: 4, blockSize: 8, parallelism: 1))
                let service = AuthService(database: database, log: log, settings: settings, logger: quiet)
                try await withWire([GRPCAccountsServer(service)]) { wire in
                    try await live(route == .overTheWire ? GRPCAccountsClient(wire.peer()) : service, wire)
                }
            }
        }
    }

    private func live(_ accounts: any Accounts, _ wire: Wire) async throws {
        let password = "correct horse battery"
        let registration = Registration(email: "ada@example.com", password: password, name: "Ada")
        let key = IdempotencyKey(caller: "c", key: "k", requestHash: "h")
        let (first, again) = try await wire.calling(key: key) {
            (try await accounts.register(registration), try await accounts.register(registration))
        }
        let ada = first.value.customer
        #expect(!first.replayed && again.replayed && again.value.customer == ada)
        #expect(ada.email == "ada@example.com" && ada.role == .customer)
        #expect(first.value.expiresIn == 900)

        try await wire.calling {
            let taken = await refusal { try await accounts.register(registration) }
            #expect(taken?.code == "email_taken" && taken?.kind == .conflict)
            let weak = await refusal {
                try await accounts.register(Registration(email: "b", password: "1", name: ""))
            }
            #expect(weak?.kind == .invalid && weak?.fields.isEmpty == false)
            let wrong = await refusal { try await accounts.logIn(email: ada.email, password: "no") }
            #expect(wrong?.code == "invalid_credentials")

            let signIn = try await accounts.logIn(email: ada.email, password: password)
            let fresh = try await accounts.refresh(signIn.refreshToken)
            #expect(fresh.customer == ada && fresh.refreshToken != signIn.refreshToken)
            let reused = await refusal { try await accounts.refresh(signIn.refreshToken) }
            #expect(reused?.kind == .unauthenticated)
            try await accounts.logOut(refreshToken: fresh.refreshToken)
            #expect(try await accounts.jsonWebKeySet().contains("ES256"))
            let stranger = await refusal { try await accounts.customer(ada.id) }
            #expect(stranger == .unauthenticated || stranger?.code == "customer_not_found")
        }
        try await wire.calling(as: .customer(ada.id)) {
            #expect(try await accounts.customer(ada.id) == ada)
            try await accounts.changePassword(
                PasswordChange(current: password, new: "another long battery", refreshToken: nil))
            let listing = await refusal { try await accounts.customers(email: nil, page: PageRequest()) }
            #expect(listing == .forbidden)
        }
        try await wire.calling(as: everyPermission) {
            let all = try await accounts.customers(email: nil, page: PageRequest(wantsCount: true))
            #expect(all.items == [ada] && all.count == 1 && all.nextCursor == nil)
            #expect(try await accounts.customers(email: "nobody@example.com", page: PageRequest()).items.isEmpty)
        }
    }
}

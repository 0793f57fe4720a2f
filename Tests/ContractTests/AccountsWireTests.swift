import AuthContract
import AuthWire
import Commerce
import ContractTestSupport
import ServiceKit
import Testing

/// Nothing of a question or an answer is lost or changed on the way.
@Suite struct AccountsWireTests {
    @Test(arguments: [Customer.Role.customer, .administrator])
    func everythingArrivesAndComesBack(_ role: Customer.Role) async throws {
        let double = AccountsDouble(signIn: Samples.signIn(role))
        let customer = CustomerID()
        try await withWire([GRPCAccountsServer(double)]) { wire in
            let accounts = GRPCAccountsClient(wire.peer())
            try await wire.calling {
                let registered = try await accounts.register(Registration(email: "e", password: "p", name: "n"))
                #expect(registered.value == double.signIn)
                #expect(registered.replayed)
                #expect(try await accounts.logIn(email: "e", password: " p ") == double.signIn)
                #expect(try await accounts.refresh("r") == double.signIn)
                try await accounts.logOut(refreshToken: "r")
                try await accounts.changePassword(PasswordChange(current: "c", new: "n", refreshToken: ""))
                try await accounts.changePassword(PasswordChange(current: "c", new: "n", refreshToken: nil))
                #expect(try await accounts.customer(customer) == double.signIn.customer)
                #expect(try await accounts.jsonWebKeySet() == #"{"keys":[]}"#)
                let page = try await accounts.customers(email: "", page: Samples.fullPage)
                #expect(page.items == [double.signIn.customer])
                #expect(page.nextCursor == "" && page.count == 1)
                let last = try await accounts.customers(email: nil, page: PageRequest(limit: 7))
                #expect(last.nextCursor == nil && last.count == nil)
            }
        }
        let expected: [AnyHashable] = [
            ["e", "p", "n"], ["e", " p "], "r", "r", ["c", "n", ""] as [String?], ["c", "n", nil] as [String?],
            customer, 0, Inputs("" as String?, Samples.fullPage),
            Inputs(String?.none, PageRequest(limit: 7)),
        ]
        #expect(double.recorder.inputs == expected)
    }
}

package import AuthContract
package import Commerce
package import ServiceKit

/// Accounts that note what they are asked.
package struct AccountsDouble: Accounts {
    package var recorder: CallRecorder
    package var signIn: SignIn

    package init(recorder: CallRecorder = CallRecorder(), signIn: SignIn = Samples.signIn(.customer)) {
        self.recorder = recorder
        self.signIn = signIn
    }

    package func register(_ registration: Registration) async throws -> Outcome<SignIn> {
        try await recorder.note("register", [registration.email, registration.password, registration.name])
        return Outcome(signIn, replayed: true)
    }

    package func logIn(email: String, password: String) async throws -> SignIn {
        try await recorder.note("logIn", [email, password])
        return signIn
    }

    package func refresh(_ refreshToken: String) async throws -> SignIn {
        try await recorder.note("refresh", refreshToken)
        return signIn
    }

    package func logOut(refreshToken: String) async throws { try await recorder.note("logOut", refreshToken) }

    package func changePassword(_ change: PasswordChange) async throws {
        try await recorder.note("changePassword", [change.current, change.new, change.refreshToken])
    }

    package func customer(_ id: CustomerID) async throws -> Customer {
        try await recorder.note("customer", id)
        return signIn.customer
    }

    package func customers(email: String?, page: PageRequest) async throws -> Page<Customer> {
        try await recorder.note("customers", Inputs(email, page))
        return Page(items: [signIn.customer], nextCursor: page.cursor, count: page.wantsCount ? 1 : nil)
    }

    package func jsonWebKeySet() async throws -> String {
        try await recorder.note("jsonWebKeySet", 0)
        return #"{"keys":[]}"#
    }
}

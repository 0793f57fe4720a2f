import AuthContract
import Commerce
import ServiceKit

/// Accounts that note what they are asked.
struct AccountsDouble: Accounts {
    var recorder = CallRecorder()
    var signIn = Samples.signIn(.customer)

    func register(_ registration: Registration) async throws -> Outcome<SignIn> {
        try await recorder.note("register", [registration.email, registration.password, registration.name])
        return Outcome(signIn, replayed: true)
    }

    func logIn(email: String, password: String) async throws -> SignIn {
        try await recorder.note("logIn", [email, password])
        return signIn
    }

    func refresh(_ refreshToken: String) async throws -> SignIn {
        try await recorder.note("refresh", refreshToken)
        return signIn
    }

    func logOut(refreshToken: String) async throws { try await recorder.note("logOut", refreshToken) }

    func changePassword(_ change: PasswordChange) async throws {
        try await recorder.note("changePassword", [change.current, change.new, change.refreshToken])
    }

    func customer(_ id: CustomerID) async throws -> Customer {
        try await recorder.note("customer", id)
        return signIn.customer
    }

    func customers(email: String?, page: PageRequest) async throws -> Page<Customer> {
        try await recorder.note("customers", [AnyInput(email), AnyInput(page)])
        return Page(items: [signIn.customer], nextCursor: page.cursor, count: page.wantsCount ? 1 : nil)
    }

    func jsonWebKeySet() async throws -> String {
        try await recorder.note("jsonWebKeySet", 0)
        return #"{"keys":[]}"#
    }
}

/// Values of several types side by side.
struct AnyInput: Hashable, Sendable {
    private let text: String
    init(_ value: some Hashable & Sendable) { text = String(reflecting: value) }
}

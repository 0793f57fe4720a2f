import AuthContract
import Crypto
import Hummingbird
import NIOCore
import ServiceKit
import Web

/// Registration and sessions.
struct AccountRoutes: Sendable {
    let accounts: any Accounts

    func add(to table: inout RouteTable) {
        table.post("/auth/register", rate: .register, use: register)
        table.post("/auth/login", rate: .logIn, use: logIn)
        table.post("/auth/refresh", use: refresh)
        table.post("/auth/logout", use: logOut)
        table.post("/auth/password", .customer, rate: .logIn, use: changePassword)
        table.get("/auth/me", .customer, use: me)
    }

    @Sendable private func register(_ call: Call) async throws -> Response {
        var fields = try await call.fields()
        let email = fields.email("email") ?? ""
        let password = fields.string("password", max: 1_000)
        let name = fields.string("name", max: 200)
        try fields.finish()
        // The digest is stored, and the body has a password in it: only three digits of the body's digest go in.
        let hint = fields.requestDigest.prefix(3)
        let digest = IdempotencyHeader.digest(
            method: "POST", path: "register", body: ByteBuffer(string: "\(email)\n\(name)\n\(hint)"))
        let outcome = try await call.once(digest) {
            try await accounts.register(Registration(email: email, password: password, name: name))
        }
        return try .outcome(outcome, status: .created)
    }

    @Sendable private func logIn(_ call: Call) async throws -> Response {
        var fields = try await call.fields()
        let email = fields.string("email", max: 320)
        let password = fields.string("password", max: 1_000)
        try fields.finish()
        return try await jsonResponse(accounts.logIn(email: email, password: password))
    }

    @Sendable private func refresh(_ call: Call) async throws -> Response {
        try await jsonResponse(accounts.refresh(refreshToken(call)))
    }

    @Sendable private func logOut(_ call: Call) async throws -> Response {
        try await accounts.logOut(refreshToken: refreshToken(call))
        return .noContent
    }

    @Sendable private func changePassword(_ call: Call) async throws -> Response {
        var fields = try await call.fields()
        let change = PasswordChange(
            current: fields.string("current_password", max: 1_000), new: fields.string("new_password", max: 1_000),
            refreshToken: fields.optionalString("refresh_token", max: 1_000))
        try fields.finish()
        try await accounts.changePassword(change)
        return .noContent
    }

    @Sendable private func me(_ call: Call) async throws -> Response {
        guard let id = call.principal.customerID else { throw ServiceError.unauthenticated }
        return try await jsonResponse(accounts.customer(id))
    }

    private func refreshToken(_ call: Call) async throws -> String {
        var fields = try await call.fields()
        let token = fields.string("refresh_token", max: 1_000)
        try fields.finish()
        return token
    }
}

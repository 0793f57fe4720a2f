import AuthContract
import HTTPTypes
import Hummingbird
import ServiceKit
import Web

/// The page on which customers change their password.
struct PasswordRoutes: Sendable {
    let accounts: any Accounts
    let renderer: PageRenderer

    func add(to routes: inout PageRoutes) {
        routes.get("/account/password") { request in
            _ = try request.customer()
            return await passwordPage(&request)
        }
        routes.post("/account/password", rate: .logIn) { request in try await changePassword(&request) }
    }

    /// Every other session ends; this browser stays logged in.
    private func changePassword(_ request: inout ShopRequest) async throws -> Response {
        do {
            try await accounts.changePassword(
                PasswordChange(
                    current: request.form.exact("current_password"), new: request.form.exact("new_password"),
                    refreshToken: request.session.refreshToken))
        } catch let error as ServiceError where error.kind == .invalid {
            return await passwordPage(&request, problems: error.fields)
        }
        request.session.renewSeed()
        request.session.setFlash("Your password is changed. You are logged out everywhere else.")
        return request.redirect(to: "/account")
    }

    private func passwordPage(
        _ request: inout ShopRequest, problems: [ServiceError.Field] = []
    ) async -> Response {
        await renderer.page(
            "sign", "Change your password", AccountViews.password(problems: problems), &request,
            status: problems.isEmpty ? .ok : .unprocessableContent)
    }
}

import AuthContract
import Hummingbird
import ServiceKit
import Web

extension Storefront {
    func addPasswordRoutes(to routes: inout PageRoutes) {
        let shop = self
        routes.get("/account/password") { visit in
            guard visit.principal.customerID != nil else { throw ServiceError.unauthenticated }
            return await shop.passwordPage(&visit)
        }
        routes.post("/account/password", rate: .logIn) { visit in try await shop.changePassword(&visit) }
    }

    /// Every other session ends; this browser stays logged in.
    private func changePassword(_ visit: inout Visit) async throws -> Response {
        do {
            try await accounts.changePassword(
                PasswordChange(
                    current: visit.form.exact("current_password"), new: visit.form.exact("new_password"),
                    refreshToken: visit.session.refreshToken))
        } catch let error as ServiceError where error.kind == .invalid {
            return await passwordPage(&visit, problems: error.fields)
        }
        visit.session.renewSeed()
        visit.session.say("Your password is changed. You are logged out everywhere else.")
        return visit.redirect(to: "/account")
    }

    private func passwordPage(_ visit: inout Visit, problems: [ServiceError.Field] = []) async -> Response {
        let fields = FieldViews(problems: problems)
        let inputs = [
            fields.field(
                "current_password", "Current password", nil, type: "password", auto: "current-password", max: 1_000),
            fields.field(
                "new_password", "New password", nil, type: "password", auto: "new-password", max: 1_000,
                hint: "A few words in a row make a good password."),
        ]
        let view: [String: View] = [
            "heading": "Change your password", "form_url": "/account/password", "next": "/account",
            "submit": "Change my password",
            "problems": fields.summary(of: inputs), "fields": .list(inputs),
            "other_text": "Keep the old one?", "other_link": "Back to your account", "other_url": "/account",
        ]
        return await door.frame.page(
            "sign", "Change your password", view, &visit, status: problems.isEmpty ? .ok : .unprocessableContent)
    }
}

import AuthContract
import Commerce
import HTTPTypes
import Hummingbird
import OrderContract
import ServiceKit
import Web

/// The account page, login, registration and logout.
struct AccountRoutes: Sendable {
    let accounts: any Accounts
    let orders: any Orders
    let renderer: PageRenderer

    func add(to routes: inout PageRoutes) {
        routes.get("/account") { request in try await account(&request) }
        routes.get("/account/login") { request in
            if request.principal.customerID != nil { return request.redirect(to: "/account") }
            let next = try request.query().string("next", max: 500)
            return await logInPage(AccountViews.logIn(next: path(next)), &request)
        }
        routes.post("/account/login", rate: .logIn) { request in try await logIn(&request) }
        routes.get("/account/register") { request in
            if request.principal.customerID != nil { return request.redirect(to: "/account") }
            let next = try request.query().string("next", max: 500)
            return await registerPage(AccountViews.register(next: path(next)), &request)
        }
        routes.post("/account/register", rate: .register) { request in try await register(&request) }
        routes.post("/account/logout") { request in
            if let token = request.session.refreshToken { try? await accounts.logOut(refreshToken: token) }
            // Nothing of this customer stays for the next user of the browser.
            request.session = Session()
            request.session.setFlash("You are logged out.")
            return request.redirect(to: "/")
        }
        routes.get("/account/logout") { request in request.redirect(to: "/account") }
    }

    private func account(_ request: inout ShopRequest) async throws -> Response {
        let customer = try await accounts.customer(request.customer())
        let page = try await orders.myOrders(page: PageRequest(cursor: try request.query().cursor(), limit: 20))
        let view = AccountViews.account(customer, orders: page)
        return await renderer.page("account", "Your account", view, &request)
    }

    private func logIn(_ request: inout ShopRequest) async throws -> Response {
        let email = request.form.text("email", max: 300)
        do {
            let login = try await accounts.logIn(email: email, password: request.form.exact("password"))
            return loggedIn(login, &request, "Welcome back, \(login.customer.name).")
        } catch let error as ServiceError where error.kind == .unauthenticated || error.kind == .invalid {
            let problem = ServiceError.Field(
                field: "", code: error.code, detail: "Email or password is not right. Please try again.")
            let view = AccountViews.logIn(
                next: path(request.form.optional("next")), email: email, problems: [problem])
            return await logInPage(view, &request, status: .unprocessableContent)
        }
    }

    private func register(_ request: inout ShopRequest) async throws -> Response {
        let (email, name) = (request.form.text("email", max: 300), request.form.text("name", max: 300))
        do {
            let registration = Registration(email: email, password: request.form.exact("password"), name: name)
            let login = try await accounts.register(registration).value
            return loggedIn(login, &request, "Welcome, \(login.customer.name). Your account is ready.")
        } catch let error as ServiceError where error.kind == .invalid || error.has(AuthErrorCode.emailTaken) {
            var problems = error.fields
            if error.has(AuthErrorCode.emailTaken) {
                problems = [
                    .init(field: "email", code: error.code, detail: "There is an account with this email already.")
                ]
            } else if problems.isEmpty {
                problems = [.init(field: "", code: error.code, detail: error.message)]
            }
            let view = AccountViews.register(
                next: path(request.form.optional("next")), email: email, name: name, problems: problems)
            return await registerPage(view, &request, status: .unprocessableContent)
        }
    }

    /// The cart stays, the form token changes.
    private func loggedIn(_ login: SignIn, _ request: inout ShopRequest, _ text: String) -> Response {
        request.session.remember(login, at: .now)
        request.session.renewSeed()
        request.session.setFlash(text)
        return request.redirect(to: path(request.form.optional("next")))
    }

    private func path(_ next: String?) -> String { LocalPath.checked(next ?? "/account") }

    private func logInPage(
        _ view: [String: View], _ request: inout ShopRequest, status: HTTPResponse.Status = .ok
    ) async -> Response {
        await renderer.page("sign", "Log in", view, &request, status: status)
    }

    private func registerPage(
        _ view: [String: View], _ request: inout ShopRequest, status: HTTPResponse.Status = .ok
    ) async -> Response {
        await renderer.page("sign", "Create an account", view, &request, status: status)
    }
}

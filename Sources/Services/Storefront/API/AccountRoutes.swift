import AuthContract
import Commerce
import HTTPTypes
import Hummingbird
import OrderContract
import ServiceKit
import Web

extension Storefront {
    func addAccountRoutes(to routes: inout PageRoutes) {
        let shop = self
        routes.get("/account") { visit in try await shop.account(&visit) }
        routes.get("/account/login") { visit in
            if visit.principal.customerID != nil { return visit.redirect(to: "/account") }
            return await shop.logInPage(&visit, next: try QueryFields(visit.request).string("next", max: 500))
        }
        routes.post("/account/login", rate: .logIn) { visit in try await shop.logIn(&visit) }
        routes.get("/account/register") { visit in
            if visit.principal.customerID != nil { return visit.redirect(to: "/account") }
            return await shop.registerPage(&visit, next: try QueryFields(visit.request).string("next", max: 500))
        }
        routes.post("/account/register", rate: .register) { visit in try await shop.register(&visit) }
        routes.post("/account/logout") { visit in
            if let token = visit.session.refreshToken { try? await shop.accounts.logOut(refreshToken: token) }
            // Nothing of this customer stays for whoever uses the browser next.
            visit.session = Session()
            visit.session.say("You are logged out.")
            return visit.redirect(to: "/")
        }
        routes.get("/account/logout") { visit in visit.redirect(to: "/account") }
    }

    private func account(_ visit: inout Visit) async throws -> Response {
        guard let id = visit.principal.customerID else { throw ServiceError.unauthenticated }
        let customer = try await accounts.customer(id)
        let page = try await orders.myOrders(
            page: PageRequest(cursor: try QueryFields(visit.request).cursor(), limit: 20))
        let view: [String: View] = [
            "customer_name": .text(customer.name), "customer_email": .text(customer.email),
            "has_orders": .flag(!page.items.isEmpty), "orders": .list(page.items.map(OrderViews.row)),
            "next_url": View(page.nextCursor.map { "/account?cursor=" + ListRequest.encoded($0) }),
        ]
        return await door.frame.page("account", "Your account", view, &visit)
    }

    private func logIn(_ visit: inout Visit) async throws -> Response {
        let email = visit.form.text("email", max: 300)
        do {
            let signIn = try await accounts.logIn(email: email, password: visit.form.exact("password"))
            return welcome(signIn, &visit, "Welcome back, \(signIn.customer.name).")
        } catch let error as ServiceError where error.kind == .unauthenticated || error.kind == .invalid {
            let problem = ServiceError.Field(
                field: "", code: error.code, detail: "Email or password is not right. Please try again.")
            return await logInPage(&visit, next: visit.form.optional("next"), email: email, problems: [problem])
        }
    }

    private func register(_ visit: inout Visit) async throws -> Response {
        let (email, name) = (visit.form.text("email", max: 300), visit.form.text("name", max: 300))
        do {
            let registration = Registration(email: email, password: visit.form.exact("password"), name: name)
            let signIn = try await accounts.register(registration).value
            return welcome(signIn, &visit, "Welcome, \(signIn.customer.name). Your account is ready.")
        } catch let error as ServiceError where error.kind == .invalid || error.code == "email_taken" {
            var problems = error.fields
            if error.code == "email_taken" {
                problems = [
                    .init(field: "email", code: error.code, detail: "There is an account with this email already.")
                ]
            } else if problems.isEmpty {
                problems = [.init(field: "", code: error.code, detail: error.message)]
            }
            return await registerPage(
                &visit, next: visit.form.optional("next"), email: email, name: name, problems: problems)
        }
    }

    /// Logs in; the cart stays, the form token changes.
    private func welcome(_ signIn: SignIn, _ visit: inout Visit, _ text: String) -> Response {
        visit.session.keep(signIn)
        visit.session.renewSeed()
        visit.session.say(text)
        return visit.redirect(to: LocalPath.checked(visit.form.optional("next") ?? "/account"))
    }

    private func logInPage(
        _ visit: inout Visit, next: String?, email: String = "", problems: [ServiceError.Field] = []
    ) async -> Response {
        let fields = FieldViews(problems: problems)
        let next = LocalPath.checked(next ?? "/account")
        let inputs = [
            fields.field("email", "Email", email, type: "email", auto: "username", max: 254),
            fields.field("password", "Password", nil, type: "password", auto: "current-password", max: 1_000),
        ]
        let view: [String: View] = [
            "heading": "Log in", "form_url": "/account/login", "next": .text(next), "submit": "Log in",
            "problems": fields.summary(of: inputs), "fields": .list(inputs),
            "other_text": "New here?", "other_link": "Create an account",
            "other_url": .text("/account/register?next=" + ListRequest.encoded(next)),
        ]
        return await door.frame.page(
            "sign", "Log in", view, &visit, status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    private func registerPage(
        _ visit: inout Visit, next: String?, email: String = "", name: String = "", problems: [ServiceError.Field] = []
    ) async -> Response {
        let fields = FieldViews(problems: problems)
        let next = LocalPath.checked(next ?? "/account")
        let inputs = [
            fields.field("name", "Your name", name, auto: "name"),
            fields.field("email", "Email", email, type: "email", auto: "email", max: 254),
            fields.field(
                "password", "Password", nil, type: "password", auto: "new-password", max: 1_000,
                hint: "A few words in a row make a good password."),
        ]
        let view: [String: View] = [
            "heading": "Create an account", "form_url": "/account/register", "next": .text(next),
            "submit": "Create my account",
            "problems": fields.summary(of: inputs), "fields": .list(inputs),
            "other_text": "Have an account?", "other_link": "Log in",
            "other_url": .text("/account/login?next=" + ListRequest.encoded(next)),
        ]
        return await door.frame.page(
            "sign", "Create an account", view, &visit, status: problems.isEmpty ? .ok : .unprocessableContent)
    }
}

import AuthContract
import OrderContract
import ServiceKit

/// The account page and the forms around it.
enum AccountViews {
    static func account(_ customer: Customer, orders: Page<Order>) -> [String: View] {
        [
            "customer_name": .text(customer.name), "customer_email": .text(customer.email),
            "has_orders": .flag(!orders.items.isEmpty), "orders": .list(orders.items.map(OrderViews.row)),
            "next_url": View(orders.nextCursor.map { "/account?cursor=" + PercentEncoding.encoded($0) }),
        ]
    }

    /// - Parameter next: The path to go to after logging in.
    static func logIn(next: String, email: String = "", problems: [ServiceError.Field] = []) -> [String: View] {
        let fields = FieldViews(problems: problems)
        let inputs = [
            fields.field("email", "Email", email, type: "email", auto: "username", max: 254),
            fields.field("password", "Password", nil, type: "password", auto: "current-password", max: 1_000),
        ]
        return [
            "heading": "Log in", "form_url": "/account/login", "next": .text(next), "submit": "Log in",
            "problems": fields.summary(of: inputs), "fields": .list(inputs),
            "other_text": "No account?", "other_link": "Create an account",
            "other_url": .text("/account/register?next=" + PercentEncoding.encoded(next)),
        ]
    }

    /// - Parameter next: The path to go to after registering.
    static func register(
        next: String, email: String = "", name: String = "", problems: [ServiceError.Field] = []
    ) -> [String: View] {
        let fields = FieldViews(problems: problems)
        let inputs = [
            fields.field("name", "Your name", name, auto: "name"),
            fields.field("email", "Email", email, type: "email", auto: "email", max: 254),
            fields.field(
                "password", "Password", nil, type: "password", auto: "new-password", max: 1_000, hint: passwordHint),
        ]
        return [
            "heading": "Create an account", "form_url": "/account/register", "next": .text(next),
            "submit": "Create my account",
            "problems": fields.summary(of: inputs), "fields": .list(inputs),
            "other_text": "Have an account?", "other_link": "Log in",
            "other_url": .text("/account/login?next=" + PercentEncoding.encoded(next)),
        ]
    }

    static func password(problems: [ServiceError.Field] = []) -> [String: View] {
        let fields = FieldViews(problems: problems)
        let inputs = [
            fields.field(
                "current_password", "Current password", nil, type: "password", auto: "current-password", max: 1_000),
            fields.field(
                "new_password", "New password", nil, type: "password", auto: "new-password", max: 1_000,
                hint: passwordHint),
        ]
        return [
            "heading": "Change your password", "form_url": "/account/password", "next": "/account",
            "submit": "Change my password",
            "problems": fields.summary(of: inputs), "fields": .list(inputs),
            "other_text": "", "other_link": "Back to your account", "other_url": "/account",
        ]
    }

    private static let passwordHint = "A few words in a row make a good password."
}

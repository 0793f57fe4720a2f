import CartContract
import HTTPTypes
import OrderContract
import ServiceKit
import Web

/// Error pages: what happened, and where to go next.
enum ErrorViews {
    /// - Parameter origin: The path of the page whose form was refused.
    static func error(_ problem: Problem, requestID: String, origin: String? = nil) -> [String: View] {
        let (heading, text) = words(problem)
        let (url, link) = nextPage(problem, origin)
        return [
            "error_status": "\(problem.status.code)", "heading": .text(heading), "error_text": .text(text),
            "error_details": .list(problem.fields.prefix(5).map { .text(FieldViews.sentence($0.detail)) }),
            "error_url": .text(url), "error_link": .text(link),
            "request_id": problem.status.code >= 500 ? .text(requestID) : .nothing,
        ]
    }

    /// `Retry-After` for people.
    static func wait(_ problem: Problem) -> String {
        let minutes = ((problem.headers[.retryAfter].flatMap { Int($0) } ?? 60) + 59) / 60
        return minutes > 1 ? "\(minutes) minutes" : "a minute"
    }

    private static func nextPage(_ problem: Problem, _ origin: String?) -> (url: String, link: String) {
        if problem.status.code == 409 { return ("/cart", "Back to the cart") }
        if problem.code == PageErrorCode.formExpired.rawValue, let origin { return (origin, "Back to the page") }
        if problem.code == OrderErrorCode.orderNotFound.rawValue { return ("/account", "Your account") }
        return ("/", "Back to the shop")
    }

    private static func words(_ problem: Problem) -> (heading: String, text: String) {
        switch problem.status.code {
        case 401: ("Please log in", "You need to be logged in to see this.")
        case 403 where problem.code == PageErrorCode.formExpired.rawValue:
            (
                "This form has expired",
                "Forms expire for your security. Nothing was changed. Open the page again and repeat your entry."
            )
        case 403: ("Not allowed", "You may not do this.")
        case 404 where problem.code == OrderErrorCode.orderNotFound.rawValue:
            (
                "This order cannot be shown",
                "Open it with the link in your order email, which is valid for 90 days, or log in if you ordered with "
                    + "an account."
            )
        case 404, 405: ("Page not found", "There is no page at this address.")
        case 409 where problem.code == CartErrorCode.checkoutInProgress.rawValue:
            (
                "Your order is being placed",
                "Please wait a moment, then look at your cart. When it is empty, the order is placed. You pay only once."
            )
        case 409: ("That was not possible", problem.detail)
        case 413: ("Too large", "What you sent is larger than we accept.")
        case 429:
            (
                "Too many attempts",
                "There were too many attempts in a short time. Please wait \(wait(problem)), then try again."
            )
        case 503:
            (
                "Temporarily unavailable",
                "Part of the shop is unavailable at the moment. Please try again shortly."
            )
        case 400..<500: ("The request could not be read", problem.detail)
        default:
            (
                "Something went wrong",
                "An error occurred in the shop and was recorded. Please try again in a moment."
            )
        }
    }
}

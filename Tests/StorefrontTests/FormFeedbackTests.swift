import Foundation
import HTML
import ServiceKit
import Testing

@testable import Storefront

/// Feedback to a form is in view and focused when the page opens, without JavaScript too.
@Suite struct FormFeedbackTests {
    private let templates: TemplateLibrary
    private let style: String

    init() throws {
        let resources = try Resources.folder()
        templates = try Resources.templates()
        style = try String(contentsOf: resources.appending(path: "assets/style.css"), encoding: .utf8)
    }

    @Test(arguments: [
        ("checkout", "payment_error"), ("cart", "coupon_error"), ("cart", "flash"), ("product", "flash"),
        ("checkout", "problems"), ("sign", "problems"),
    ])
    func feedbackIsFocusedAndAnnounced(page: String, place: String) {
        var view: [String: View] = ["has_lines": true, "editing": .flag(place == "problems"), place: "No."]
        view["flash"] = place == "flash" ? ["flash_text": "No.", "flash_role": "alert"] : nil
        view["problems"] = place == "problems" ? ["problems_text": "No."] : nil
        let html = templates.render(page, view)
        #expect(html.contains(#/role="alert" tabindex="-1" autofocus>(<p>)?No\./#), "\(html)")
        #expect(html.components(separatedBy: "autofocus").count == 2)
    }

    /// Their heading is the feedback.
    @Test(arguments: ["error", "thanks"]) func headingsOfFinalPagesAreFocused(page: String) {
        #expect(templates.render(page, ["heading": "Not found"]).contains("<h1 tabindex=\"-1\" autofocus>"))
    }

    @Test func pagesWithoutFeedbackFocusNothing() {
        for page in ["home", "list", "product", "cart", "checkout", "order", "account", "sign"] {
            #expect(!templates.render(page, ["has_lines": true, "show_list": true]).contains("autofocus"), "\(page)")
        }
    }

    @Test func wrongInputsAreListedInTheOrderOfThePage() {
        let problems: [ServiceError.Field] = [
            .init(field: "shipping_address.country", code: "invalid_country", detail: "is no country"),
            .init(field: "shipping_address.city", code: "required", detail: "must not be empty"),
            .init(field: "email", code: "invalid_email", detail: "is no email address"),
        ]
        let html = templates.render("checkout", CheckoutViews.editing(.init(), problems: problems))
        let links = html.matches(of: #/<a href="#(\w+)">([^<]*)</a>/#).map { "\($0.1): \($0.2)" }
        #expect(
            links.filter { !$0.hasPrefix("main") } == [
                "email: Email: This does not look like an email address.", "country: Country: Please choose a country.",
                "city: City: Please fill this in.",
            ])
        for id in ["email", "city", "country"] { #expect(html.contains("id=\"\(id)\"")) }
    }

    @Test func problemsOfNoInputAreShownAboveTheForm() {
        let fields = FieldViews(problems: [.init(field: "", code: "", detail: "email or password is not right")])
        let html = templates.render(
            "sign", ["problems": fields.summary(of: [fields.field("email", "Email", "", auto: "")])])
        #expect(html.contains("<p>Email or password is not right.</p></div>"))
    }

    /// The sticky header of a wide window covers nothing that is scrolled to; on a phone the header is not sticky.
    @Test func theHeaderCoversNoScrollTarget() {
        #expect(style.contains(#/\nhtml\{[^}]*scroll-padding-top:8\.5rem/#))
        #expect(
            style.contains(
                #/@media \(max-width:46rem\)\{[^@]*header\.site\{position:static\}html\{scroll-padding-top:1rem\}/#))
        #expect(templates.render("checkout", ["editing": false]).contains("id=\"delivery\" tabindex=\"-1\""))
    }
}

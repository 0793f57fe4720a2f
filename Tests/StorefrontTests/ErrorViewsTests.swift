import Foundation
import HTML
import ServiceKit
import Testing
import Web

@testable import Storefront

@Suite struct ErrorViewsTests {
    let templates: TemplateLibrary

    init() throws { templates = try Resources.templates() }

    @Test func anExpiredFormLinksBackToItsPage() {
        let problem = Problem(ServiceError(.forbidden, code: "form_expired", "The form has expired."))
        let html = templates.render("error", ErrorViews.error(problem, requestID: "", origin: "/products/mug?o0=Clay"))
        #expect(html.contains("<a class=\"button\" href=\"/products/mug?o0=Clay\">Back to the page</a>"))
    }
}

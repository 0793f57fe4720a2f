import Foundation
import HTML
import Testing

@testable import Storefront

@Suite struct OrderViewsTests {
    let templates: TemplateLibrary

    init() throws { templates = try Resources.templates() }

    @Test func cancellingIsConfirmedAndACancelledOrderHasNoDelivery() {
        var view: [String: View] = ["cancellable": true, "cancel_url": "/orders/x/cancel", "was_cancelled": false]
        let open = templates.render("order", view)
        #expect(open.contains("<summary class=\"button quiet wide\">Cancel this order</summary>"))
        #expect(open.contains("Delivery address"))
        view["was_cancelled"] = true
        #expect(!templates.render("order", view).contains("Delivery address"))
    }
}

import AnalyticsContract
import AuthContract
import CartContract
import Commerce
import HTTPTypes
import Hummingbird
import OfferContract
import OrderContract
import ServiceKit
import Web

/// The checkout: contact and address, delivery, payment. The order itself is in `CheckoutRoutes+Order.swift`.
struct CheckoutRoutes: Sendable {
    let accounts: any Accounts
    let carts: any Carts
    let orders: any Orders
    let behaviour: BehaviourClient
    let renderer: PageRenderer

    func add(to routes: inout PageRoutes) {
        routes.get("/checkout") { request in try await checkout(&request) }
        routes.post("/checkout") { request in try await saveContact(&request) }
        routes.post("/checkout/shipping") { request in try await saveShipping(&request) }
        routes.post("/checkout/place") { request in try await placeOrder(&request) }
        for path in ["/checkout/shipping", "/checkout/place"] {
            routes.get(path) { request in request.redirect(to: "/checkout") }
        }
    }

    /// nil when there is nothing to order.
    private func filledCart(of request: inout ShopRequest) async throws -> Cart? {
        let cart = try await FindCart(carts: carts).run(of: &request.session)
        return cart.flatMap { $0.lines.isEmpty ? nil : $0 }
    }

    private func checkout(_ request: inout ShopRequest) async throws -> Response {
        guard let cart = try await filledCart(of: &request) else { return request.redirect(to: "/cart") }
        let query = try request.query()
        let wantsEdit = try query.string("edit") != nil
        var contact = CheckoutContact()
        if let address = cart.shippingAddress { contact.address = address }
        let problems =
            cart.shippingAddress == nil ? [] : contact.regionProblems(regionCountries: cart.regionCountries)
        await behaviour.viewed(request, and: .checkoutStarted, ["cart_id": cart.id.rawValue])
        guard wantsEdit || cart.email == nil || cart.shippingAddress == nil || !problems.isEmpty else {
            return try await paymentPage(cart, &request)
        }
        contact = await PrepareContact(accounts: accounts).run(for: cart, customer: request.principal.customerID)
        guard let country = try query.string("country"), country != contact.address.country else {
            return await contactPage(cart, contact, problems: problems, &request)
        }
        contact.address.country = country
        contact.address.region = nil
        return await contactPage(cart, contact, problems: [], &request)
    }

    private func contactPage(
        _ cart: Cart, _ contact: CheckoutContact, problems: [ServiceError.Field], _ request: inout ShopRequest,
        status: HTTPResponse.Status = .ok
    ) async -> Response {
        let editing = CheckoutViews.editing(contact, regionCountries: cart.regionCountries, problems: problems)
        let view = CartViews.cart(cart).merging(editing) { $1 }
        return await renderer.page("checkout", "Checkout", view, &request, status: status)
    }

    /// - Parameters:
    ///   - key: The form's idempotency key: a new one for a new attempt, the old one when the result of the last attempt
    ///     is unknown.
    ///   - chosen: The payment method to preselect.
    func paymentPage(
        _ cart: Cart, _ request: inout ShopRequest, error: String? = nil, key: String = Session.randomText(),
        chosen: String? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let choices = try await PreparePayment(carts: carts, orders: orders).run(for: cart)
        let paying = CheckoutViews.paying(
            choices.cart, options: choices.shippingOptions, methods: choices.methods, key: key, paymentError: error,
            chosen: chosen)
        let view = CartViews.cart(choices.cart).merging(paying) { $1 }
        return await renderer.page("checkout", "Checkout", view, &request, status: status)
    }

    private func saveContact(_ request: inout ShopRequest) async throws -> Response {
        guard let cart = try await filledCart(of: &request) else { return request.redirect(to: "/cart") }
        let contact = CheckoutContact(request.form)
        let problems = contact.problems(regionCountries: cart.regionCountries)
        guard problems.isEmpty else {
            return await contactPage(cart, contact, problems: problems, &request, status: .unprocessableContent)
        }
        do {
            let change = CartChange(
                email: contact.email, shippingAddress: contact.address, billingAddress: contact.address)
            _ = try await carts.update(cart.id, change)
            return request.redirect(to: "/checkout#delivery")
        } catch let error as ServiceError where error.kind == .invalid {
            let problems =
                error.fields.isEmpty ? [.init(field: "", code: error.code, detail: error.message)] : error.fields
            return await contactPage(cart, contact, problems: problems, &request, status: .unprocessableContent)
        } catch let error as ServiceError where error.kind == .conflict {
            request.session.setFlash(Messages.error(error), bad: true)
            return request.redirect(to: "/cart")
        }
    }

    private func saveShipping(_ request: inout ShopRequest) async throws -> Response {
        guard let cart = request.session.cartID else { return request.redirect(to: "/cart") }
        do {
            let option = request.form.text("shipping_option_id")
            _ = try await carts.update(cart, CartChange(shippingOptionID: option))
        } catch let error as ServiceError where [.conflict, .invalid, .notFound].contains(error.kind) {
            request.session.setFlash(Messages.error(error), bad: true)
        }
        return request.redirect(to: "/checkout#delivery")
    }
}

extension CheckoutContact {
    init(_ form: FormFields) {
        self.init()
        email = form.text("email", max: 300)
        address = Address(
            name: form.text("name", max: 300), line1: form.text("line1", max: 300), line2: form.optional("line2"),
            city: form.text("city", max: 300), region: form.optional("region"),
            postalCode: form.text("postal_code", max: 40), country: form.text("country").uppercased(),
            phone: form.optional("phone"))
        // The list was that of another country.
        if let country = form.optional("region_country"), country != address.country { address.region = nil }
    }
}

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

extension Storefront {
    func addCheckoutRoutes(to routes: inout PageRoutes) {
        let shop = self
        routes.get("/checkout") { visit in try await shop.checkout(&visit) }
        routes.post("/checkout") { visit in try await shop.saveContact(&visit) }
        routes.post("/checkout/shipping") { visit in try await shop.saveShipping(&visit) }
        routes.post("/checkout/place") { visit in try await shop.place(&visit) }
        for path in ["/checkout/shipping", "/checkout/place"] {
            routes.get(path) { visit in visit.redirect(to: "/checkout") }
        }
    }

    private func checkout(_ visit: inout Visit) async throws -> Response {
        guard let cart = try await cart(of: &visit), !cart.lines.isEmpty else { return visit.redirect(to: "/cart") }
        let query = try QueryFields(visit.request)
        let wantsEdit = try query.string("edit") != nil
        let problems = cart.shippingAddress.map { Self.regionProblems(of: $0, in: cart) } ?? []
        await visits.viewed(visit, and: .checkoutStarted, ["cart_id": cart.id.rawValue])
        if wantsEdit || cart.email == nil || cart.shippingAddress == nil || !problems.isEmpty {
            var entered = CheckoutViews.Entered()
            if let address = cart.shippingAddress { entered.address = address }
            entered.email = cart.email ?? ""
            if entered.email.isEmpty, let id = visit.principal.customerID,
                let customer = try? await accounts.customer(id)
            {
                entered.email = customer.email
                if entered.address.name.isEmpty { entered.address.name = customer.name }
            }
            guard let country = try query.string("country"), country != entered.address.country else {
                return await contactPage(cart, entered, problems: problems, &visit)
            }
            entered.address.country = country
            entered.address.region = nil
            return await contactPage(cart, entered, problems: [], &visit)
        }
        return try await paymentPage(cart, &visit)
    }

    private func contactPage(
        _ cart: Cart, _ entered: CheckoutViews.Entered, problems: [ServiceError.Field], _ visit: inout Visit,
        status: HTTPResponse.Status = .ok
    ) async -> Response {
        var view = CartViews.cart(cart)
        view.merge(
            CheckoutViews.editing(entered, regionCountries: cart.regionCountries, problems: problems)
        ) { _, new in new }
        return await door.frame.page("checkout", "Checkout", view, &visit, status: status)
    }

    /// What is wrong with the region where tax depends on it: of old carts, and after a change of the rules too.
    private static func regionProblems(of address: Address, in cart: Cart) -> [ServiceError.Field] {
        guard cart.regionCountries.contains(address.country), let problem = address.regionProblem else { return [] }
        return [ServiceError.Field(field: problem.field, code: problem.code, detail: problem.detail)]
    }

    /// - Parameters:
    ///   - key: The form's idempotency key: a new one for a new attempt, the old one when the last attempt's end is
    ///     unknown.
    ///   - chosen: The payment method to have ready.
    func paymentPage(
        _ cart: Cart, _ visit: inout Visit, error: String? = nil, key: String = Session.randomText(),
        chosen: String? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let options = try await carts.shippingOptions(for: cart.id)
        var cart = cart
        if !options.contains(where: { $0.id == cart.shippingOption?.id }), let first = options.first {
            cart = try await carts.update(cart.id, CartChange(shippingOptionID: first.id))
        }
        let methods = try await orders.paymentMethods()
        var view = CartViews.cart(cart)
        let paying = CheckoutViews.paying(
            cart, options: options, methods: methods, key: key, paymentError: error, chosen: chosen)
        view.merge(paying) { $1 }
        return await door.frame.page("checkout", "Checkout", view, &visit, status: status)
    }

    private func saveContact(_ visit: inout Visit) async throws -> Response {
        guard let cart = try await cart(of: &visit), !cart.lines.isEmpty else { return visit.redirect(to: "/cart") }
        let entered = CheckoutViews.Entered(visit.form)
        var problems = entered.address.problems.map {
            ServiceError.Field(field: $0.field, code: $0.code, detail: $0.detail)
        }
        problems += Self.regionProblems(of: entered.address, in: cart)
        if entered.email.isEmpty {
            problems.append(.init(field: "email", code: "required", detail: "must not be empty"))
        } else if EmailAddress.normalised(entered.email) == nil {
            problems.append(.init(field: "email", code: "invalid_email", detail: "is no email address"))
        }
        guard problems.isEmpty else {
            return await contactPage(cart, entered, problems: problems, &visit, status: .unprocessableContent)
        }
        do {
            let change = CartChange(
                email: entered.email, shippingAddress: entered.address, billingAddress: entered.address)
            _ = try await carts.update(cart.id, change)
            return visit.redirect(to: "/checkout#delivery")
        } catch let error as ServiceError where error.kind == .invalid {
            let fields =
                error.fields.isEmpty ? [.init(field: "", code: error.code, detail: error.message)] : error.fields
            return await contactPage(cart, entered, problems: fields, &visit, status: .unprocessableContent)
        } catch let error as ServiceError where error.kind == .conflict {
            visit.session.say(Self.words(error), bad: true)
            return visit.redirect(to: "/cart")
        }
    }

    private func saveShipping(_ visit: inout Visit) async throws -> Response {
        guard let cart = visit.session.cartID else { return visit.redirect(to: "/cart") }
        do {
            _ = try await carts.update(cart, CartChange(shippingOptionID: visit.form.text("shipping_option_id")))
        } catch let error as ServiceError where [.conflict, .invalid, .notFound].contains(error.kind) {
            visit.session.say(Self.words(error), bad: true)
        }
        return visit.redirect(to: "/checkout#delivery")
    }
}

extension CheckoutViews.Entered {
    init(_ form: FormFields) {
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

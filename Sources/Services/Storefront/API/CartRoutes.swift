import AnalyticsContract
import CartContract
import Commerce
import HTTPTypes
import Hummingbird
import ProductContract
import ServiceKit
import Web

extension Storefront {
    func addCartRoutes(to routes: inout PageRoutes) {
        let shop = self
        routes.get("/cart") { visit in
            let page = try await shop.cartPage(&visit)
            await shop.visits.viewed(visit)
            return page
        }
        routes.post("/cart/lines") { visit in try await shop.addLine(&visit) }
        routes.post("/cart/lines/{line}") { visit in try await shop.changeLine(&visit, to: visit.form.int("quantity")) }
        routes.post("/cart/lines/{line}/remove") { visit in try await shop.changeLine(&visit, to: 0) }
        routes.post("/cart/coupons") { visit in try await shop.applyCoupon(&visit) }
        routes.post("/cart/coupons/remove") { visit in
            if let cart = try await shop.cart(of: &visit) {
                let code = visit.form.text("code", max: 64)
                _ = try await shop.carts.removeCoupon(code, from: cart.id)
                visit.session.say("Coupon \(code.uppercased()) is removed.")
            }
            return visit.redirect(to: "/cart")
        }
        for path in ["/cart/lines", "/cart/coupons"] {
            routes.get(path) { visit in visit.redirect(to: "/cart") }
        }
    }

    /// The visitor's cart; nil when there is none, or it has gone or become an order.
    func cart(of visit: inout Visit) async throws -> Cart? {
        guard let id = visit.session.cartID else { return nil }
        do {
            let cart = try await carts.cart(id)
            if cart.orderID == nil {
                visit.session.remember(cart: id, count: CartViews.count(cart))
                return cart
            }
        } catch let error as ServiceError where error.code == "cart_not_found" {}
        visit.session.forgetCart()
        return nil
    }

    private func cartPage(
        _ visit: inout Visit, coupon: (entered: String, error: String)? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let cart = try await cart(of: &visit)
        var view = cart.map(CartViews.cart) ?? ["has_lines": false]
        view["coupon_entered"] = View(coupon?.entered)
        view["coupon_error"] = View(coupon?.error)
        return await door.frame.page("cart", "Your cart", view, &visit, status: status)
    }

    private func addLine(_ visit: inout Visit) async throws -> Response {
        let product = try await products.product(visit.form.text("product"))
        var wanted: [Int: String] = [:]
        for index in product.options.indices { wanted[index] = visit.form.optional("o\(index)") }
        let choice = VariantChoice(product: product, wanted: wanted, variant: VariantID(visit.form.text("variant_id")))
        guard let variant = choice.exact else {
            visit.session.say("This combination is not available. Please choose another.", bad: true)
            return visit.redirect(to: "/products/" + product.handle)
        }
        let back = "/products/\(product.handle)?variant=\(variant.id.rawValue)"
        guard let quantity = visit.form.int("quantity") ?? (visit.form.optional("quantity") == nil ? 1 : nil) else {
            visit.session.say("Please give a whole number as quantity.", bad: true)
            return visit.redirect(to: back)
        }
        do {
            let cart = try await add(variant.id, quantity, &visit)
            visit.session.say("\(product.title) is in your cart.")
            let properties = ["product_id": product.id.rawValue, "cart_id": cart.id.rawValue]
            await visits.happened(.cartLineAdded, visit, properties)
            return visit.redirect(to: "/cart")
        } catch let error as ServiceError where error.kind == .conflict || error.kind == .invalid {
            visit.session.say(Self.words(error), bad: true)
            return visit.redirect(to: back)
        }
    }

    /// Adds to the visitor's cart, or to a new one when there is none that takes lines.
    private func add(_ variant: VariantID, _ quantity: Int, _ visit: inout Visit) async throws -> Cart {
        var id = try await openCart(&visit)?.id
        if id == nil { id = try await carts.create(currency: nil).value.id }
        guard let id else { throw ServiceError.notFound("cart") }
        visit.session.remember(cart: id, count: visit.session.cartCount ?? 0)
        let cart = try await carts.addLine(to: id, variant: variant, quantity: quantity).value
        visit.session.remember(cart: id, count: CartViews.count(cart))
        return cart
    }

    /// An empty cart in another currency than the shop's is of no use: it was made before the shop had its own.
    private func openCart(_ visit: inout Visit) async throws -> Cart? {
        guard let cart = try await cart(of: &visit) else { return nil }
        guard cart.lines.isEmpty, let currency = await window.currency(), cart.currency != currency else { return cart }
        return nil
    }

    private func changeLine(_ visit: inout Visit, to quantity: Int?) async throws -> Response {
        guard let cart = visit.session.cartID, let line = LineID(visit.context.parameter("line")) else {
            return visit.redirect(to: "/cart")
        }
        do {
            guard let quantity, quantity >= 0 else {
                throw ServiceError.invalid("quantity", code: "wrong_type", "Please give a whole number as quantity.")
            }
            let changed =
                quantity == 0
                ? try await carts.removeLine(line, of: cart)
                : try await carts.changeLine(line, of: cart, quantity: quantity)
            visit.session.remember(cart: cart, count: CartViews.count(changed))
            let kept = changed.lines.first { $0.id == line }
            visit.session.say(
                kept.map { "The quantity of \($0.title) is now \($0.quantity)." }
                    ?? "The item is removed from your cart.")
        } catch let error as ServiceError where [.conflict, .invalid, .notFound].contains(error.kind) {
            visit.session.say(Self.words(error), bad: true)
        }
        return visit.redirect(to: "/cart")
    }

    private func applyCoupon(_ visit: inout Visit) async throws -> Response {
        guard let cart = visit.session.cartID else { return visit.redirect(to: "/cart") }
        let code = visit.form.text("code", max: 64)
        guard !code.isEmpty else {
            return try await cartPage(
                &visit, coupon: (code, "Please enter the coupon's code."), status: .unprocessableContent)
        }
        do {
            let changed = try await carts.applyCoupon(code, to: cart).value
            visit.session.remember(cart: cart, count: CartViews.count(changed))
            visit.session.say("Coupon \(code.uppercased()) is applied.")
            return visit.redirect(to: "/cart")
        } catch let error as ServiceError where error.kind == .invalid || error.kind == .conflict {
            return try await cartPage(&visit, coupon: (code, Self.words(error)), status: .unprocessableContent)
        } catch let error as ServiceError where error.kind == .tooManyRequests {
            let problem = Problem(error)
            let text = "Too many codes were wrong. Please wait \(ErrorViews.wait(problem)), then try again."
            var response = try await cartPage(&visit, coupon: (code, text), status: problem.status)
            response.headers[.retryAfter] = problem.headers[.retryAfter]
            return response
        }
    }

    /// The most telling words of an error.
    static func words(_ error: ServiceError) -> String {
        switch error.code {
        case "out_of_stock": "We do not have that many left."
        case "checkout_in_progress":
            "Your order is being placed right now. Please wait a moment, then look at your cart again."
        default: FieldViews.sentence(error.fields.first?.detail ?? error.message)
        }
    }
}

import AnalyticsContract
import CartContract
import Commerce
import HTTPTypes
import Hummingbird
import ProductContract
import ServiceKit
import Web

/// The cart and its forms.
struct CartRoutes: Sendable {
    let products: any Products
    let carts: any Carts
    let catalogue: CatalogueCache
    let behaviour: BehaviourClient
    let renderer: PageRenderer

    func add(to routes: inout PageRoutes) {
        routes.get("/cart") { request in
            let page = try await cartPage(&request)
            await behaviour.viewed(request)
            return page
        }
        routes.post("/cart/lines") { request in try await addLine(&request) }
        routes.post("/cart/lines/{line}") { request in
            try await changeLine(&request, to: request.form.int("quantity"))
        }
        routes.post("/cart/lines/{line}/remove") { request in try await changeLine(&request, to: 0) }
        routes.post("/cart/coupons") { request in try await applyCoupon(&request) }
        routes.post("/cart/coupons/remove") { request in try await removeCoupon(&request) }
        for path in ["/cart/lines", "/cart/coupons"] {
            routes.get(path) { request in request.redirect(to: "/cart") }
        }
    }

    private func cartPage(
        _ request: inout ShopRequest, coupon: (entered: String, error: String)? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let cart = try await FindCart(carts: carts).run(of: &request.session)
        return await renderer.page("cart", "Your cart", CartViews.page(cart, coupon: coupon), &request, status: status)
    }

    private func addLine(_ request: inout ShopRequest) async throws -> Response {
        let form = request.form
        let product = try await products.product(form.text("product"))
        var wanted: [Int: String] = [:]
        for index in product.options.indices { wanted[index] = form.optional("o\(index)") }
        let choice = VariantChoice(product: product, wanted: wanted, variant: VariantID(form.text("variant_id")))
        guard let variant = choice.exact else {
            request.session.setFlash("This combination is not available. Please choose another.", bad: true)
            return request.redirect(to: "/products/" + product.handle)
        }
        let back = "/products/\(product.handle)?variant=\(variant.id.rawValue)"
        guard let quantity = form.int("quantity") ?? (form.optional("quantity") == nil ? 1 : nil) else {
            request.session.setFlash(Messages.wholeNumber, bad: true)
            return request.redirect(to: back)
        }
        do {
            let cart = try await AddToCart(carts: carts, catalogue: catalogue)
                .run(variant.id, quantity, to: &request.session)
            request.session.setFlash("\(product.title) is in your cart.")
            let properties = ["product_id": product.id.rawValue, "cart_id": cart.id.rawValue]
            await behaviour.happened(.cartLineAdded, request, properties)
            return request.redirect(to: "/cart")
        } catch let error as ServiceError where error.kind == .conflict || error.kind == .invalid {
            request.session.setFlash(Messages.error(error), bad: true)
            return request.redirect(to: back)
        }
    }

    private func changeLine(_ request: inout ShopRequest, to quantity: Int?) async throws -> Response {
        guard let cart = request.session.cartID, let line = LineID(request.context.parameter("line")) else {
            return request.redirect(to: "/cart")
        }
        do {
            guard let quantity, quantity >= 0 else {
                throw ServiceError.invalid("quantity", code: FieldCode.wrongType, Messages.wholeNumber)
            }
            let changed = try await ChangeCartLine(carts: carts)
                .run(line, of: cart, to: quantity, in: &request.session)
            request.session.setFlash(
                changed.map { "The quantity of \($0.title) is now \($0.quantity)." }
                    ?? "The item is removed from your cart.")
        } catch let error as ServiceError where [.conflict, .invalid, .notFound].contains(error.kind) {
            request.session.setFlash(Messages.error(error), bad: true)
        }
        return request.redirect(to: "/cart")
    }

    private func applyCoupon(_ request: inout ShopRequest) async throws -> Response {
        guard let cart = request.session.cartID else { return request.redirect(to: "/cart") }
        let code = request.form.text("code", max: 64)
        guard !code.isEmpty else {
            return try await cartPage(
                &request, coupon: (code, "Please enter the coupon's code."), status: .unprocessableContent)
        }
        do {
            request.session.remember(try await carts.applyCoupon(code, to: cart).value)
            request.session.setFlash("Coupon \(code.uppercased()) is applied.")
            return request.redirect(to: "/cart")
        } catch let error as ServiceError where error.kind == .invalid || error.kind == .conflict {
            return try await cartPage(&request, coupon: (code, Messages.error(error)), status: .unprocessableContent)
        } catch let error as ServiceError where error.kind == .tooManyRequests {
            let problem = Problem(error)
            let text = "Too many codes were wrong. Please wait \(ErrorViews.wait(problem)), then try again."
            var response = try await cartPage(&request, coupon: (code, text), status: problem.status)
            response.headers[.retryAfter] = problem.headers[.retryAfter]
            return response
        }
    }

    private func removeCoupon(_ request: inout ShopRequest) async throws -> Response {
        if let cart = try await FindCart(carts: carts).run(of: &request.session) {
            let code = request.form.text("code", max: 64)
            _ = try await carts.removeCoupon(code, from: cart.id)
            request.session.setFlash("Coupon \(code.uppercased()) is removed.")
        }
        return request.redirect(to: "/cart")
    }
}

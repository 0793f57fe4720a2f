import CartContract
import Commerce
import Hummingbird
import OfferContract
import ServiceKit
import Web

/// A customer's cart, up to the shipping options.
struct CartRoutes: Sendable {
    let carts: any Carts

    func add(to table: inout RouteTable) {
        table.post("/carts", use: create)
        table.get("/carts/{id}", use: cart)
        table.patch("/carts/{id}", use: update)
        table.post("/carts/{id}/lines", use: addLine)
        table.patch("/carts/{id}/lines/{line_id}", use: changeLine)
        table.delete("/carts/{id}/lines/{line_id}", use: removeLine)
        table.post("/carts/{id}/coupons", use: applyCoupon)
        table.delete("/carts/{id}/coupons/{code}", use: removeCoupon)
        table.get("/carts/{id}/shipping-options", use: shippingOptions)
    }

    @Sendable private func create(_ call: Call) async throws -> Response {
        var fields = try await call.fields(allowEmpty: true)
        let currency = fields.currency("currency")
        try fields.finish()
        let cart = try await call.once(fields.requestDigest) { try await carts.create(currency: currency?.code) }
        return try .outcome(cart, status: .created, location: "\(RouteTable.prefix)/carts/\(cart.value.id)")
    }

    @Sendable private func cart(_ call: Call) async throws -> Response {
        try await jsonResponse(carts.cart(call.id(else: .cartNotFound)))
    }

    @Sendable private func update(_ call: Call) async throws -> Response {
        let id: CartID = try call.id(else: .cartNotFound)
        var fields = try await call.fields()
        let names: [(String, CartChange.Field)] = [
            ("email", .email), ("shipping_address", .shippingAddress), ("billing_address", .billingAddress),
            ("shipping_option_id", .shippingOption),
        ]
        let cleared = names.filter { fields.isNull($0.0) }.map(\.1)
        let change = CartChange(
            email: fields.email("email", required: false), shippingAddress: fields.address("shipping_address"),
            billingAddress: fields.address("billing_address"),
            shippingOptionID: fields.optionalString("shipping_option_id", max: 100), cleared: Set(cleared))
        try fields.finish()
        return try await jsonResponse(carts.update(id, change))
    }

    @Sendable private func addLine(_ call: Call) async throws -> Response {
        let id: CartID = try call.id(else: .cartNotFound)
        var fields = try await call.fields()
        let variant: VariantID? = fields.id("variant_id")
        let quantity = fields.int("quantity", in: 1...999)
        try fields.finish()
        guard let variant else { throw ServiceError.invalid("variant_id", code: FieldCode.required, "must be given") }
        let cart = try await call.once(fields.requestDigest, guest: id.owner) {
            try await carts.addLine(to: id, variant: variant, quantity: quantity)
        }
        return try .outcome(cart, status: .created)
    }

    @Sendable private func changeLine(_ call: Call) async throws -> Response {
        let id: CartID = try call.id(else: .cartNotFound)
        let line: LineID = try call.id("line_id", else: .lineNotFound)
        var fields = try await call.fields()
        let quantity = fields.int("quantity", in: 1...999)
        try fields.finish()
        return try await jsonResponse(carts.changeLine(line, of: id, quantity: quantity))
    }

    @Sendable private func removeLine(_ call: Call) async throws -> Response {
        let id: CartID = try call.id(else: .cartNotFound)
        return try await jsonResponse(carts.removeLine(call.id("line_id", else: .lineNotFound), of: id))
    }

    @Sendable private func applyCoupon(_ call: Call) async throws -> Response {
        let id: CartID = try call.id(else: .cartNotFound)
        var fields = try await call.fields()
        let code = fields.string("code", max: 100)
        try fields.finish()
        return try await .outcome(
            call.once(fields.requestDigest, guest: id.owner) { try await carts.applyCoupon(code, to: id) })
    }

    @Sendable private func removeCoupon(_ call: Call) async throws -> Response {
        let id: CartID = try call.id(else: .cartNotFound)
        let code = try call.name("code", else: .couponNotFound)
        guard code.unicodeScalars.count <= 100 else { throw ServiceError.couponNotFound }
        return try await jsonResponse(carts.removeCoupon(code, from: id))
    }

    @Sendable private func shippingOptions(_ call: Call) async throws -> Response {
        let options = try await carts.shippingOptions(for: call.id(else: .cartNotFound))
        return try jsonResponse(Page(items: options, nextCursor: nil))
    }
}

extension CartID {
    /// Who a guest's idempotency keys belong to: the cart, which only the guest knows.
    var owner: String { "cart:\(rawValue)" }
}

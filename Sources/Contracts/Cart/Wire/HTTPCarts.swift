package import CartContract
package import Commerce
package import OfferContract
package import RPC
package import ServiceKit

/// `Carts` of another process.
package struct HTTPCarts: Carts {
    private let connection: HTTPConnection

    package init(_ connection: HTTPConnection) { self.connection = connection }

    package func create(currency: String?) async throws -> Outcome<Cart> {
        try await connection.call(CartMethods.create, .init(currency: currency)).outcome
    }

    package func cart(_ id: CartID) async throws -> Cart {
        try await connection.call(CartMethods.cart, .init(cart: id))
    }

    package func addLine(to id: CartID, variant: VariantID, quantity: Int) async throws -> Outcome<Cart> {
        try await connection.call(CartMethods.addLine, .init(cart: id, variant: variant, quantity: quantity)).outcome
    }

    package func changeLine(_ line: LineID, of id: CartID, quantity: Int) async throws -> Cart {
        try await connection.call(CartMethods.changeLine, .init(cart: id, line: line, quantity: quantity))
    }

    package func removeLine(_ line: LineID, of id: CartID) async throws -> Cart {
        try await connection.call(CartMethods.removeLine, .init(cart: id, line: line))
    }

    package func applyCoupon(_ code: String, to id: CartID) async throws -> Outcome<Cart> {
        try await connection.call(CartMethods.applyCoupon, .init(cart: id, code: code)).outcome
    }

    package func removeCoupon(_ code: String, from id: CartID) async throws -> Cart {
        try await connection.call(CartMethods.removeCoupon, .init(cart: id, code: code))
    }

    package func update(_ id: CartID, _ change: CartChange) async throws -> Cart {
        try await connection.call(CartMethods.update, .init(cart: id, change: change))
    }

    package func shippingOptions(for id: CartID) async throws -> [ShippingOption] {
        try await connection.call(CartMethods.shippingOptions, .init(cart: id))
    }

    package func lock(_ id: CartID, for order: OrderID) async throws -> LockedCart {
        try await connection.call(CartMethods.lock, .init(cart: id, order: order))
    }

    package func unlock(_ id: CartID, from order: OrderID) async throws {
        _ = try await connection.call(CartMethods.unlock, .init(cart: id, order: order))
    }

    package func complete(_ id: CartID, as order: OrderID) async throws {
        _ = try await connection.call(CartMethods.complete, .init(cart: id, order: order))
    }
}

extension WireRoutes {
    /// Offers these carts to other processes.
    package mutating func add(_ carts: any Carts) {
        on(CartMethods.create) { WireOutcome(try await carts.create(currency: $0.currency)) }
        on(CartMethods.cart) { try await carts.cart($0.cart) }
        on(CartMethods.addLine) {
            WireOutcome(try await carts.addLine(to: $0.cart, variant: $0.variant, quantity: $0.quantity))
        }
        on(CartMethods.changeLine) { input in
            guard let quantity = input.quantity else {
                throw ServiceError.invalid("quantity", code: FieldCode.required, "must be given")
            }
            return try await carts.changeLine(input.line, of: input.cart, quantity: quantity)
        }
        on(CartMethods.removeLine) { try await carts.removeLine($0.line, of: $0.cart) }
        on(CartMethods.applyCoupon) { WireOutcome(try await carts.applyCoupon($0.code, to: $0.cart)) }
        on(CartMethods.removeCoupon) { try await carts.removeCoupon($0.code, from: $0.cart) }
        on(CartMethods.update) { try await carts.update($0.cart, $0.change) }
        on(CartMethods.shippingOptions) { try await carts.shippingOptions(for: $0.cart) }
        on(CartMethods.lock) { try await carts.lock($0.cart, for: $0.order) }
        on(CartMethods.unlock) { input in
            try await carts.unlock(input.cart, from: input.order)
            return Nothing()
        }
        on(CartMethods.complete) { input in
            try await carts.complete(input.cart, as: input.order)
            return Nothing()
        }
    }
}

package import CartContract
package import Commerce
import ServiceKit

extension CartService {
    package func lock(_ id: CartID, for order: OrderID) async throws -> LockedCart {
        let principal = CallContext.current.principal
        let now = clock.now()
        return try await carts.update(id) { document in
            try document.requireWriter(principal)
            try document.freeze(for: order, at: now)
            document.bind(to: principal)
            return document.frozen
        }
    }

    package func unlock(_ id: CartID, from order: OrderID) async throws {
        let principal = CallContext.current.principal
        try await carts.updateIfPresent(id) { document in
            try document.requireWriter(principal)
            document.thaw(from: order)
        }
    }

    package func complete(_ id: CartID, as order: OrderID) async throws {
        let principal = CallContext.current.principal
        let now = clock.now()
        try await carts.updateIfPresent(id) { document in
            try document.requireWriter(principal)
            try document.complete(as: order, at: now)
        }
    }
}

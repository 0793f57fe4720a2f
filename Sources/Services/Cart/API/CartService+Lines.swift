package import CartContract
package import Commerce
package import ServiceKit

extension CartService {
    package func addLine(to id: CartID, variant: VariantID, quantity: Int) async throws -> Outcome<Cart> {
        try await boundary.call {
            try CartLimits.check(quantity: quantity)
            return try await AddLine(context: context).run(to: id, variant: variant, quantity: quantity)
        }
    }

    package func changeLine(_ line: LineID, of id: CartID, quantity: Int) async throws -> Cart {
        try await boundary.call {
            try CartLimits.check(quantity: quantity)
            return try await ChangeQuantity(context: context).run(of: line, in: id, to: quantity)
        }
    }

    package func removeLine(_ line: LineID, of id: CartID) async throws -> Cart {
        try await boundary.call { try await RemoveLine(context: context).run(line, from: id) }
    }
}

package import CartContract
package import Commerce
import ProductContract
package import ServiceKit

extension CartService {
    package func addLine(to id: CartID, variant: VariantID, quantity: Int) async throws -> Outcome<Cart> {
        try CartLimits.check(quantity: quantity)
        let key = CallContext.current.idempotency
        if let replay = try await replay(of: key) { return replay }
        let detail = try await purchasable(variant)
        let new = LineID(at: clock.now())
        return try await change(id, once: key, looked: [detail]) { document in
            try document.require(currency: detail.variant.price.currency)
            let line = try document.add(variant, quantity: quantity, newLine: new)
            try detail.require(available: line.quantity)
        }
    }

    package func changeLine(_ line: LineID, of id: CartID, quantity: Int) async throws -> Cart {
        try CartLimits.check(quantity: quantity)
        let before = try await readable(id)
        let detail = try await purchasable(try before.line(line).variantID)
        let outcome = try await change(id, looked: [detail]) { document in
            let index = try document.index(of: line)
            // Fewer of something scarce must always be possible.
            if quantity > document.lines[index].quantity { try detail.require(available: quantity) }
            document.lines[index].quantity = quantity
        }
        return outcome.value
    }

    package func removeLine(_ line: LineID, of id: CartID) async throws -> Cart {
        let outcome = try await change(id) { document in document.lines.remove(at: try document.index(of: line)) }
        return outcome.value
    }

    private func purchasable(_ id: VariantID) async throws -> VariantDetail {
        guard let detail = try await products.variants([id]).first(where: { $0.variant.id == id }), detail.published
        else { throw ServiceError.notFound("variant") }
        return detail
    }
}

extension VariantDetail {
    /// Whether the shop has this many.
    func has(_ quantity: Int) -> Bool {
        published && variant.available && variant.inventoryQuantity.map { quantity <= $0 } ?? true
    }

    fileprivate func require(available quantity: Int) throws(ServiceError) {
        if has(quantity) { return }
        throw ServiceError(
            .conflict, code: "out_of_stock", "There are not that many left.",
            fields: [.init(field: "quantity", code: "out_of_stock", detail: "is more than what is available")])
    }
}

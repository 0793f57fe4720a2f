package import CartContract
package import Commerce
import OfferContract
package import ServiceKit

extension CartService {
    package func applyCoupon(_ code: String, to id: CartID) async throws -> Outcome<Cart> {
        let key = CallContext.current.idempotency
        if let replay = try await replay(of: key) { return replay }
        let code = try CartLimits.couponCode(code)
        let before = try await readable(id)
        if !before.hasCoupon(code) { try await check(code, in: before) }
        return try await change(id, once: key) { document in
            try document.addCoupon(code)
        }
    }

    package func removeCoupon(_ code: String, from id: CartID) async throws -> Cart {
        let outcome = try await change(id) { document in
            document.coupons.removeAll { $0.uppercased() == code.uppercased() }
        }
        return outcome.value
    }

    package func update(_ id: CartID, _ change: CartChange) async throws -> Cart {
        let change = try change.checked()
        if let option = change.shippingOptionID {
            var planned = try await readable(id)
            planned.apply(change)
            let contents = try await view.contents(of: planned)
            let options = try await offers.shippingOptions(contents.request(at: clock.now()))
            guard options.contains(where: { $0.id == option }) else {
                throw ServiceError(
                    .invalid, code: "shipping_option_unavailable", "This shipping option is not offered for this cart.",
                    fields: [
                        .init(
                            field: "shipping_option_id", code: "shipping_option_unavailable",
                            detail: "is not one of the cart's shipping options")
                    ])
            }
        }
        let outcome = try await self.change(
            id,
            settling: { document, cart in
                try document.settleRegions(after: change, in: &cart)
            }
        ) { document in
            document.apply(change)
        }
        return outcome.value
    }

    /// Throws 422 for a wrong code, and 429 when too many were.
    private func check(_ code: String, in document: CartDocument) async throws {
        guard let couponTries else { return try await requireAccepted(code, in: document) }
        try await couponTries.counting(of: document.id) { try await requireAccepted(code, in: document) }
    }

    private func requireAccepted(_ code: String, in document: CartDocument) async throws {
        var contents = try await view.contents(of: document)
        contents.coupons.append(code)
        let priced = try await offers.price(contents.request(at: clock.now()))
        guard let rejected = priced.rejectedCoupons.first(where: { $0.code == code }) else { return }
        throw ServiceError(
            .invalid, code: rejected.reason, rejected.message,
            fields: [.init(field: "code", code: rejected.reason, detail: rejected.message)])
    }
}

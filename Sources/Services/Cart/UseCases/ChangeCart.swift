import CartContract
import Commerce
import ProductContract
import ServiceKit

/// Changes a cart unless it is locked or completed, prices it, and binds it to the customer who changed it: one write.
struct ChangeCart: Sendable {
    let context: CartContext

    /// - Parameters:
    ///   - key: When it was used already, nothing changes.
    ///   - counted: What the change counts as, when it is one.
    ///   - details: Variants that need not be looked up again.
    ///   - finish: Gets the priced cart, and may still change or refuse it.
    ///   - body: Runs again after a concurrent change.
    func run(
        _ id: CartID, once key: IdempotencyKey? = nil, counting counted: CountedChange? = nil,
        knowing details: [VariantDetail] = [],
        finishing finish: (inout CartDocument, inout Cart) throws -> Void = { _, _ in },
        _ body: (inout CartDocument) throws -> Void
    ) async throws -> Outcome<Cart> {
        let principal = CallContext.current.principal
        let now = context.clock.now()
        var known = Dictionary(details.map { ($0.variant.id, $0) }, uniquingKeysWith: { first, _ in first })
        var isCounted = false
        let result = try await context.carts.change(id, once: key) { before in
            guard let before else { throw ServiceError.cartNotFound }
            var document = before
            try document.requireWriter(principal)
            try document.requireOpen(at: now)
            try body(&document)
            isCounted = document != before
            document.bind(to: principal)
            if document != before {
                document.updatedAt = now
                if key != nil { try document.countKey(at: now) }
            }
            var cart = try await context.priceCart.run(document, at: now, known: &known)
            try finish(&document, &cart)
            let isChange = document != before
            if document.isShownToCustomer(principal) { document = document.recording(shown: cart) }
            return (document, isChange, cart)
        }
        if case .changed = result, isCounted, let counted { context.changes.count(counted) }
        return try await outcome(of: result)
    }

    /// The cart that this key changed before, as it is now: a repetition must not fail on what has changed since.
    func replay(of key: IdempotencyKey?) async throws -> Outcome<Cart>? {
        guard let id = try await context.carts.changed(by: key) else { return nil }
        return try await outcome(of: .repeated(id))
    }

    func outcome(of result: CartChangeResult) async throws -> Outcome<Cart> {
        switch result {
        case .changed(let cart): Outcome(cart)
        case .repeated(let id): Outcome(try await ShowCart(context: context).run(id), replayed: true)
        }
    }
}

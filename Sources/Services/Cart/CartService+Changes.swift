import Calls
import CartContract
import Commerce
import ProductContract

extension CartService {
    /// Changes the cart unless it is locked or gone, prices it, and binds it to the customer who changed it: one write.
    ///
    /// - Parameters:
    ///   - key: When it was answered already, nothing changes and the cart comes back as it is now.
    ///   - looked: Variants that need not be looked up again.
    ///   - body: Runs again when somebody else was quicker. Returns the line it made or changed, for the record.
    func change(
        _ id: CartID, unlessAnswered key: IdempotencyKey? = nil, looked: [VariantDetail] = [],
        _ body: (inout CartDocument) throws -> LineID?
    ) async throws -> Outcome<Cart> {
        let principal = CallContext.current.principal
        let now = clock.now()
        var known = Dictionary(looked.map { ($0.variant.id, $0) }, uniquingKeysWith: { first, _ in first })
        return try await carts.update(id) { document in
            try document.requireWriter(principal)
            let isReplay = try document.hasAnswered(key)
            if !isReplay {
                try document.requireOpen(at: now)
                let line = try body(&document)
                document.remember(key, line: line)
                document.bind(to: principal)
                document.updatedAt = now
            }
            let cart = try await view.cart(of: document, at: now, known: &known)
            if !isReplay, document.isShownToCustomer(principal) { document = document.noting(shown: cart) }
            return Outcome(cart, replayed: isReplay)
        }
    }

    /// The cart as it is now, when this key was answered before: a repetition must not fail on what has changed
    /// since. Throws `idempotency_key_reused` on another request.
    func replay(of key: IdempotencyKey?, on id: CartID) async throws -> Outcome<Cart>? {
        guard let key else { return nil }
        let document = try await readable(id)
        guard try document.hasAnswered(key) else { return nil }
        return Outcome(try await show(document), replayed: true)
    }
}

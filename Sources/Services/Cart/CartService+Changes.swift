import Calls
import CartContract
import Commerce
import ProductContract

extension CartService {
    /// Changes the cart unless it is locked or gone, prices it, and binds it to the customer who changed it: one write.
    ///
    /// - Parameters:
    ///   - key: When it was answered already, nothing changes and the first answer comes again.
    ///   - looked: Variants that need not be looked up again.
    ///   - settle: Sees the cart priced, and may still change or refuse it.
    ///   - body: Runs again when somebody else was quicker.
    func change(
        _ id: CartID, unlessAnswered key: IdempotencyKey? = nil, looked: [VariantDetail] = [],
        settling settle: (inout CartDocument, inout Cart) throws -> Void = { _, _ in },
        _ body: (inout CartDocument) throws -> Void
    ) async throws -> Outcome<Cart> {
        let principal = CallContext.current.principal
        let now = clock.now()
        var known = Dictionary(looked.map { ($0.variant.id, $0) }, uniquingKeysWith: { first, _ in first })
        return try await carts.answer(key, with: id) { document in
            guard var document else { throw ServiceError.notFound("cart") }
            try document.requireWriter(principal)
            try document.requireOpen(at: now)
            try body(&document)
            document.bind(to: principal)
            document.updatedAt = now
            var cart = try await view.cart(of: document, at: now, known: &known)
            try settle(&document, &cart)
            if document.isShownToCustomer(principal) { document = document.noting(shown: cart) }
            return (document, cart)
        }
    }

    /// The first answer to this key: a repetition must not fail on what has changed since.
    func replay(of key: IdempotencyKey?) async throws -> Outcome<Cart>? {
        try await carts.answer(to: key).map { Outcome($0, replayed: true) }
    }
}

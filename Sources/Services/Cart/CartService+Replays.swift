import Calls
import CartContract
import Commerce

extension CartService {
    /// The cart as it is now, when this key was answered before. Throws `idempotency_key_reused` on another request.
    func replay(of key: IdempotencyKey?, on id: CartID) async throws -> Outcome<Cart>? {
        guard let key else { return nil }
        let document = try await readable(id)
        guard try document.hasAnswered(key) else { return nil }
        return Outcome(try await show(document), replayed: true)
    }

    /// Like ``change(_:_:)``, but a key that was answered in the meantime changes nothing.
    ///
    /// - Parameter body: Returns the line it made or changed, for the record.
    func change(
        _ id: CartID, unlessAnswered key: IdempotencyKey?, replayed: inout Bool,
        _ body: (inout CartDocument) throws -> LineID?
    ) async throws -> CartDocument {
        let principal = CallContext.current.principal
        let now = clock.now()
        var isReplay = false
        let document = try await carts.update(id) { document in
            try document.requireWriter(principal)
            isReplay = try document.hasAnswered(key)
            if isReplay { return }
            try document.requireOpen(at: now)
            let line = try body(&document)
            document.remember(key, line: line)
            document.bind(to: principal)
            document.updatedAt = now
        }
        replayed = isReplay
        return document
    }
}

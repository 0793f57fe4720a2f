import Commerce
import OrderContract
import ServiceKit

/// Takes the token of the link in a guest's email into the session.
struct OpenOrderLink: Sendable {
    let orders: any Orders

    /// Remembers the token unless the visitor may see the order anyway, or the token does not open it.
    func run(_ id: OrderID, token: String, in session: inout Session) async throws {
        do {
            _ = try await orders.order(id, guestToken: session.guestToken(for: id))
        } catch let error as ServiceError where error.kind == .notFound {
            do {
                _ = try await orders.order(id, guestToken: token)
                session.remember(guestOrder: id, token: token)
            } catch let error as ServiceError where error.kind == .notFound {}
        }
    }
}

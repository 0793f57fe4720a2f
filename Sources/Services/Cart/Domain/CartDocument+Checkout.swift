import Commerce
import ServiceKit

extension CartDocument {
    /// A checkout that takes longer has died; another order may have the cart.
    static let longestCheckout = Duration.seconds(600)

    /// Throws 409 when the cart became an order or is becoming one.
    func requireOpen(at now: Instant) throws(ServiceError) {
        try requireNotCompleted()
        if isHeld(at: now) { throw Self.checkoutInProgress }
    }

    mutating func freeze(for order: OrderID, at now: Instant) throws(ServiceError) {
        // The order that completed it may ask again after a crash.
        if completedAs == order { return }
        try requireNotCompleted()
        if isHeld(at: now), freeze?.order != order { throw Self.checkoutInProgress }
        if freeze?.order != order || !isHeld(at: now) { freeze = Freeze(order: order, at: now) }
    }

    mutating func thaw(from order: OrderID) {
        if freeze?.order == order { freeze = nil }
    }

    /// The order exists already, so it wins over whoever holds the cart now.
    mutating func complete(as order: OrderID, at now: Instant) throws(ServiceError) {
        if completedAs == order { return }
        try requireNotCompleted()
        completedAs = order
        freeze = nil
        updatedAt = now
    }

    private func requireNotCompleted() throws(ServiceError) {
        if completedAs == nil { return }
        throw ServiceError(.conflict, code: "cart_completed", "This cart has become an order.")
    }

    private func isHeld(at now: Instant) -> Bool {
        freeze.map { $0.at.duration(to: now) <= Self.longestCheckout } ?? false
    }

    private static let checkoutInProgress = ServiceError(
        .conflict, code: "checkout_in_progress", "This cart is being ordered at the moment.")
}

import CartContract
import Commerce
import ServiceKit

extension CartDocument {
    /// A lock expires after this time, because its checkout has crashed; another order may lock the cart then.
    static let longestCheckout = Duration.seconds(600)

    /// Throws 409 when the cart became an order or is becoming one.
    func requireOpen(at now: Instant) throws(ServiceError) {
        try requireNotCompleted()
        if isLocked(at: now) { throw Self.checkoutInProgress }
    }

    mutating func lock(for order: OrderID, at now: Instant) throws(ServiceError) {
        // The order that completed the cart may lock it again after a crash.
        if completedAs == order { return }
        try requireNotCompleted()
        if isLocked(at: now), lock?.order != order { throw Self.checkoutInProgress }
        if lock?.order != order || !isLocked(at: now) { lock = Lock(order: order, at: now) }
    }

    mutating func unlock(from order: OrderID) {
        if lock?.order == order { lock = nil }
    }

    /// The order exists already, so it takes precedence over the order that holds the lock now.
    mutating func complete(as order: OrderID, at now: Instant) throws(ServiceError) {
        if completedAs == order { return }
        try requireNotCompleted()
        completedAs = order
        lock = nil
        updatedAt = now
    }

    private func requireNotCompleted() throws(ServiceError) {
        if completedAs == nil { return }
        throw .cartCompleted
    }

    private func isLocked(at now: Instant) -> Bool {
        lock.map { $0.at.duration(to: now) <= Self.longestCheckout } ?? false
    }

    private static let checkoutInProgress = ServiceError(
        CartErrorCode.checkoutInProgress, "This cart is being ordered at the moment.")
}

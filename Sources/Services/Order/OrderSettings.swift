package import ServiceKit

/// The deadlines, leases and limits of the order service.
///
/// Between two recorded steps of a checkout there are at most eight calls: authorise and status, then to undo them
/// status, void, status and refund of the payment, release of the stock and unlock of the cart. At two seconds each
/// they take 16 s, and `lease` is nearly twice that, which leaves time for the database.
package struct OrderSettings: Hashable, Sendable {
    /// The response time allowed to a payment provider.
    package var providerDeadline: Duration
    /// The response time allowed to the cart, product and offer services.
    package var callDeadline: Duration
    /// The time without a recorded step after which another process takes the work over.
    package var lease: Duration
    /// How long stock stays reserved. This is a safety net: the reconciler releases it much earlier.
    package var reservationLifetime: Duration
    package var reconcileInterval: Duration
    /// Nil: the number of refused payments is not limited, as in load tests.
    package var paymentLimits: AttemptLimits?

    package init(
        providerDeadline: Duration = .seconds(2), callDeadline: Duration = .seconds(2), lease: Duration = .seconds(30),
        reservationLifetime: Duration = .seconds(3_600), reconcileInterval: Duration = .seconds(1),
        paymentLimits: AttemptLimits? = .payments
    ) {
        self.providerDeadline = providerDeadline
        self.callDeadline = callDeadline
        self.lease = lease
        self.reservationLifetime = reservationLifetime
        self.reconcileInterval = reconcileInterval
        self.paymentLimits = paymentLimits
    }
}

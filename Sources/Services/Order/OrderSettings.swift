/// How patient the order service is.
///
/// Between two records of a checkout lie at most eight calls: authorise and ask, then to undo it status, void, status and
/// refund of the payment, release of the stock and thaw of the cart. At two seconds each they take 16 s; `lease` leaves
/// the database as much again.
package struct OrderSettings: Hashable, Sendable {
    /// How long a payment provider may take to answer.
    package var providerDeadline: Duration
    /// How long cart, product and offer may take to answer.
    package var callDeadline: Duration
    /// After this time without a sign of life somebody else takes the work over.
    package var lease: Duration
    /// How long stock stays aside. Only a safety net: the reconciler gives it back much earlier.
    package var reservationLifetime: Duration
    package var reconcileInterval: Duration
    /// Nil: payments may be refused without end, as in load tests.
    package var paymentLimits: PaymentLimits?

    package init(
        providerDeadline: Duration = .seconds(2), callDeadline: Duration = .seconds(2), lease: Duration = .seconds(30),
        reservationLifetime: Duration = .seconds(3_600), reconcileInterval: Duration = .seconds(1),
        paymentLimits: PaymentLimits? = PaymentLimits()
    ) {
        self.providerDeadline = providerDeadline
        self.callDeadline = callDeadline
        self.lease = lease
        self.reservationLifetime = reservationLifetime
        self.reconcileInterval = reconcileInterval
        self.paymentLimits = paymentLimits
    }
}

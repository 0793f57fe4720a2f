import FoundationEssentials

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Places where tests let the process die. A point stands before and after every step that leaves a trace.
package struct FaultPoints: Sendable {
    /// `checkout.reserveStock.before`, `cancel.stock.after`, …
    package static let names: [String] = {
        let checkout = CheckoutSaga.Action.allCases.filter { $0 != .postpone && $0 != .end }.map { "checkout.\($0)" }
        let others = ["checkout.start"] + TaskStep.allCases.map(\.rawValue)
        return (checkout + others).flatMap { ["\($0).before", "\($0).after"] }
    }()

    private let action: (@Sendable (String) throws -> Void)?

    /// - Parameter action: May throw `SimulatedCrash`, after which the service does nothing more for the request.
    package init(_ action: @escaping @Sendable (String) throws -> Void) { self.action = action }
    private init() { action = nil }

    package static let none = FaultPoints()

    /// Dies by SIGKILL at the point named by `MAGPIE_FAULT_POINT`; `none` when that is not set.
    package static let environment: FaultPoints = {
        guard let point = ProcessInfo.processInfo.environment["MAGPIE_FAULT_POINT"], !point.isEmpty else {
            return .none
        }
        return FaultPoints { name in
            if name == point { kill(getpid(), SIGKILL) }
        }
    }()

    package func reach(_ name: @autoclosure () -> String) throws {
        guard let action else { return }
        try action(name())
    }
}

/// The steps of cancellations and refunds, as fault points name them.
enum TaskStep: String, CaseIterable {
    case cancelRecord = "cancel.record"
    case cancelStock = "cancel.stock"
    case cancelVoid = "cancel.void"
    case cancelRefundRecord = "cancel.refundRecord"
    case cancelRefund = "cancel.refund"
    case cancelFinish = "cancel.finish"
    case refundRecord = "refund.record"
    case refundPayment = "refund.payment"
    case refundFinish = "refund.finish"
}

/// What a test throws at a fault point in place of a real crash: nothing is undone, nothing more is done.
package struct SimulatedCrash: Error {
    package init() {}
}

package import ServiceKit

extension FaultPoints {
    /// The fault points of the order service: one before and one after every step that has an effect, such as
    /// `checkout.reserveStock.before` and `cancel.stock.after`.
    package static let ofOrders: [String] = {
        let checkout = CheckoutSaga.Action.allCases.filter { $0 != .postpone && $0 != .end }.map { "checkout.\($0)" }
        let others = ["checkout.start"] + TaskStep.allCases.map(\.rawValue)
        return (checkout + others).flatMap { ["\($0).before", "\($0).after"] }
    }()
}

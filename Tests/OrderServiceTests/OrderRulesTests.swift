import Calls
import OrderContract
import Testing

@testable import OrderService

@Suite struct OrderRulesTests {
    @Test func ordersMoveOnlyForward() {
        let allowed = Order.Status.allCases.flatMap { from in
            Order.Status.allCases.filter { OrderRules.mayBecome($0, from: from) }.map { "\(from) → \($0)" }
        }
        #expect(
            Set(allowed) == [
                "pending → confirmed", "pending → cancelled", "confirmed → fulfilled", "confirmed → cancelled",
                "confirmed → refunded", "fulfilled → refunded",
            ])
    }

    @Test func refundsNeverExceedWhatWasCaptured() throws {
        #expect(try OrderRules.refundAmount(wanted: nil, captured: 100, refunded: 30, .fulfilled, .captured) == 70)
        #expect(try OrderRules.refundAmount(wanted: 70, captured: 100, refunded: 30, .confirmed, .captured) == 70)
        #expect(throws: ServiceError.refundTooLarge) {
            try OrderRules.refundAmount(wanted: 71, captured: 100, refunded: 30, .confirmed, .captured)
        }
        #expect(throws: ServiceError.orderNotRefundable) {
            try OrderRules.refundAmount(wanted: 1, captured: 0, refunded: 0, .confirmed, .authorized)
        }
    }
}

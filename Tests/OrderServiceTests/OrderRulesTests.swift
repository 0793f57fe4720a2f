import Commerce
import OfferContract
import OrderContract
import ServiceKit
import Testing

@testable import OrderService

@Suite struct OrderRulesTests {
    @Test func onlyTheDocumentedTransitionsAreAllowed() {
        let allowed = Order.Status.allCases.flatMap { from in
            Order.Status.allCases.filter { OrderRules.mayBecome($0, from: from) }.map { "\(from) → \($0)" }
        }
        #expect(
            Set(allowed) == [
                "pending → confirmed", "pending → cancelled", "confirmed → fulfilled", "confirmed → cancelled",
                "confirmed → refunded", "fulfilled → refunded",
            ])
    }

    @Test func onlyPaidOrdersWithStockAreFulfilled() throws {
        try OrderRules.requireFulfillable(stored(), checkout: .captured)
        try OrderRules.requireFulfillable(stored(total: 0), checkout: .done)
        let faults: [(StoredOrder, CheckoutSaga.Step?)] = [
            (stored(.authorized), .confirmed), (stored(refunding: 100), .done), (stored(total: 0), .confirmed),
            (stored(total: 0), nil),
        ]
        for (order, step) in faults {
            #expect(throws: ServiceError.orderNotFulfillable) {
                try OrderRules.requireFulfillable(order, checkout: step)
            }
        }
    }

    private func stored(
        _ payment: Order.PaymentStatus = .captured, total: Int64 = 100, refunding: Int64 = 0
    ) -> StoredOrder {
        let address = Address(name: "", line1: "", city: "", postalCode: "", country: "US")
        func money(_ amount: Int64) -> Money { Money(amount, .usd) }
        let order = Order(
            id: OrderID(), number: "", status: .confirmed, paymentStatus: payment, customerID: nil, email: "",
            lines: [],
            coupons: [], shippingAddress: address, billingAddress: address,
            shippingOption: ShippingOption(id: "", name: "", price: money(0), estimate: ""),
            totals: Totals(
                subtotal: money(total), discountTotal: money(0), shippingTotal: money(0), taxTotal: money(0),
                total: money(total)),
            refundedTotal: money(0), placedAt: Instant(milliseconds: 0), updatedAt: Instant(milliseconds: 0))
        return StoredOrder(
            order: order, provider: total == 0 ? nil : "test", reference: "", captured: total, refunding: refunding)
    }

    @Test func refundsAreInTheCurrencyOfTheOrder() throws {
        try OrderRules.requireRefundCurrency(nil, of: stored().order)
        try OrderRules.requireRefundCurrency(.usd, of: stored().order)
        let error = #expect(throws: ServiceError.self) {
            try OrderRules.requireRefundCurrency(.jpy, of: stored().order)
        }
        #expect(error?.kind == .invalid)
        #expect(
            error?.fields == [
                .init(field: "amount.currency", code: "currency_mismatch", detail: "must be the order's: USD")
            ])
    }

    @Test func refundsNeverExceedTheCapturedAmount() throws {
        #expect(try OrderRules.refundAmount(wanted: nil, captured: 100, refunded: 30, .fulfilled, .captured) == 70)
        #expect(try OrderRules.refundAmount(wanted: 70, captured: 100, refunded: 30, .confirmed, .captured) == 70)
        #expect(throws: ServiceError.refundTooLarge) {
            try OrderRules.refundAmount(wanted: 71, captured: 100, refunded: 30, .confirmed, .captured)
        }
        #expect(try OrderRules.refundAmount(wanted: nil, captured: 100, refunded: 0, .cancelled, .captured) == 100)
        #expect(throws: ServiceError.orderNotRefundable) {
            try OrderRules.refundAmount(wanted: 1, captured: 0, refunded: 0, .confirmed, .authorized)
        }
    }
}

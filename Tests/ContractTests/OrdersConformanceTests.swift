import Commerce
import ContractTestSupport
import OrderContract
import OrderWire
import ServiceKit
import Testing

/// The same orders, asked directly and from another process: nothing is lost or changed on the way.
@Suite struct OrdersConformanceTests {
    @Test(arguments: Route.allCases, [true, false]) func everyMethod(_ route: Route, _ isFull: Bool) async throws {
        let double =
            isFull ? OrdersDouble(replayed: true) : OrdersDouble(order: Samples.sparseOrder)
        try await withHTTPWire {
            $0.add(double)
        } _: { wire in
            let orders: any Orders = route == .overTheWire ? HTTPOrders(wire.connection()) : double
            try await wire.calling { try await ask(orders, double) }
        }
    }

    private func ask(_ orders: any Orders, _ double: OrdersDouble) async throws {
        let (cart, id) = (CartID(), OrderID())
        #expect(try await orders.paymentMethods() == Samples.paymentMethods)
        let payment = PaymentInstruction(provider: "test", token: "")
        let outcomes = [
            try await orders.place(cart, payment: payment), try await orders.cancel(id, guestToken: "t"),
            try await orders.cancel(id, guestToken: nil), try await orders.fulfil(id, tracking: ""),
            try await orders.fulfil(id, tracking: nil),
            try await orders.refund(id, amount: .max, currency: .kwd, reason: "ü"),
            try await orders.refund(id, amount: nil, currency: nil, reason: ""),
        ]
        #expect(outcomes.allSatisfy { $0.value == double.order && $0.replayed == double.replayed })
        #expect(try await orders.order(id, guestToken: "") == double.order)
        #expect(try await orders.order(id, guestToken: nil) == double.order)
        let pages = [
            try await orders.myOrders(page: Samples.fullPage), try await orders.orders(Samples.fullOrderQuery),
        ]
        #expect(pages.allSatisfy { $0.items == [double.order] && $0.nextCursor == "" && $0.count == .max })
        let last = [try await orders.myOrders(page: PageRequest()), try await orders.orders(OrderQuery())]
        #expect(last.allSatisfy { $0.items == [double.order] && $0.nextCursor == nil && $0.count == nil })
        let headers = ["x-signature": "ü, 1", "empty": ""]
        let longest = (0..<65_536).map { UInt8(truncatingIfNeeded: $0) }
        for body in [longest, []] {
            try await orders.paymentNotification(provider: "test", headers: headers, body: body)
        }

        let inputs: [AnyHashable] = [
            Inputs(),
            Inputs(cart, payment), Inputs(id, Optional("t")), Inputs(id, String?.none), Inputs(id, Optional("")),
            Inputs(id, String?.none),
            Inputs(id, Optional(Int64.max), Optional(Currency.kwd), "ü"),
            Inputs(id, Int64?.none, Currency?.none, ""), Inputs(id, Optional("")),
            Inputs(id, String?.none),
            Inputs(Samples.fullPage), Inputs(Samples.fullOrderQuery), Inputs(PageRequest()), Inputs(OrderQuery()),
            Inputs("test", headers, longest), Inputs("test", headers, [UInt8]()),
        ]
        #expect(double.recorder.inputs == inputs)
    }
}

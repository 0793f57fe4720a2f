import AnalyticsContract
import AnalyticsWire
import AuditWire
import CartContract
import CartWire
import Commerce
import ContractTestSupport
import OrderContract
import OrderWire
import ServiceKit
import Synchronization
import TestSupport
import Testing

@testable import RPC

/// What is called again after `unavailable`, and what must not be.
@Suite struct HTTPRepeatTests {
    /// Answers nothing useful the first time a method is called.
    private func failingOnce() -> CallRecorder {
        let seen = Mutex<Set<String>>([])
        return CallRecorder { method in
            if seen.withLock({ $0.insert(method).inserted }) { throw ServiceError.unavailable("The store") }
        }
    }

    private static let key = IdempotencyKey(caller: "c", key: "k", requestHash: "h")
    private static let payment = PaymentInstruction(provider: "test", token: "t")

    /// How often each method was called, under a key or without.
    private func counts(
        _ key: IdempotencyKey?, _ calls: [@Sendable (HTTPConnection) async throws -> Void],
        _ add: (CallRecorder, inout WireRoutes) -> Void
    ) async throws -> [String: Int] {
        let recorder = failingOnce()
        try await withHTTPWire {
            add(recorder, &$0)
        } _: { wire in
            for call in calls {
                _ = await refusal { try await wire.calling(key: key) { try await call(wire.connection()) } }
            }
        }
        return recorder.calls.reduce(into: [:]) { $0[$1.method, default: 0] += 1 }
    }

    @Test(arguments: [nil, key]) func carts(_ key: IdempotencyKey?) async throws {
        let (cart, line, variant, order) = Self.ids
        let counts = try await counts(
            key,
            [
                { _ = try await HTTPCarts($0).create(currency: nil) },
                { _ = try await HTTPCarts($0).cart(cart) },
                { _ = try await HTTPCarts($0).addLine(to: cart, variant: variant, quantity: 1) },
                { _ = try await HTTPCarts($0).changeLine(line, of: cart, quantity: 1) },
                { _ = try await HTTPCarts($0).removeLine(line, of: cart) },
                { _ = try await HTTPCarts($0).applyCoupon("X", to: cart) },
                { _ = try await HTTPCarts($0).removeCoupon("X", from: cart) },
                { _ = try await HTTPCarts($0).update(cart, CartChange()) },
                { _ = try await HTTPCarts($0).shippingOptions(for: cart) },
                { _ = try await HTTPCarts($0).lock(cart, for: order) },
                { try await HTTPCarts($0).unlock(cart, from: order) },
                { try await HTTPCarts($0).complete(cart, as: order) },
            ]
        ) {
            $1.add(CartsDouble(recorder: $0))
        }
        let withKey = key == nil ? 1 : 2
        let expected = [
            "create": withKey, "cart": 2, "addLine": withKey, "changeLine": 2, "removeLine": 1, "applyCoupon": 2,
            "removeCoupon": 1, "update": 2, "shippingOptions": 2, "lock": 2, "unlock": 2, "complete": 2,
        ]
        #expect(counts == expected)
    }

    @Test(arguments: [nil, key]) func orders(_ key: IdempotencyKey?) async throws {
        let (cart, _, _, order) = Self.ids
        let counts = try await counts(
            key,
            [
                { _ = try await HTTPOrders($0).place(cart, payment: Self.payment) },
                { _ = try await HTTPOrders($0).order(order, guestToken: nil) },
                { _ = try await HTTPOrders($0).myOrders(page: PageRequest()) },
                { _ = try await HTTPOrders($0).cancel(order, guestToken: nil) },
                { _ = try await HTTPOrders($0).orders(OrderQuery()) },
                { _ = try await HTTPOrders($0).fulfil(order, tracking: nil) },
                { _ = try await HTTPOrders($0).refund(order, amount: nil, currency: nil, reason: "") },
                { try await HTTPOrders($0).paymentNotification(provider: "test", headers: [:], body: []) },
            ]
        ) {
            $1.add(OrdersDouble(recorder: $0))
        }
        let withKey = key == nil ? 1 : 2
        let expected = [
            "place": withKey, "order": 2, "myOrders": 2, "cancel": 2, "orders": 2, "fulfil": withKey, "refund": withKey,
            "paymentNotification": 2,
        ]
        #expect(counts == expected)
    }

    @Test func behaviourReportsAndAudit() async throws {
        let period = try ReportPeriod(from: CivilDate(dayNumber: 0), to: CivilDate(dayNumber: 0))
        let counts = try await counts(
            nil,
            [
                { try await HTTPBehaviourIngest($0).record([]) },
                { _ = try await HTTPReports($0).funnel(period) },
                { _ = try await HTTPReports($0).revenue(period) },
                { _ = try await HTTPReports($0).topProducts(period, limit: 1) },
                { _ = try await HTTPAuditTrail($0).records(action: nil, actor: nil, page: PageRequest()) },
                { _ = try await HTTPAuditTrail($0).verify() },
            ]
        ) { recorder, routes in
            routes.add(IngestDouble(recorder: recorder))
            routes.add(ReportsDouble(recorder: recorder))
            routes.add(AuditDouble(recorder: recorder))
        }
        let expected = ["record": 1, "funnel": 2, "revenue": 2, "topProducts": 2, "records": 2, "verify": 2]
        #expect(counts == expected)
    }

    private static var ids: (CartID, LineID, VariantID, OrderID) { (CartID(), LineID(), VariantID(), OrderID()) }
}

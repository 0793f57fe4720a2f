import CartContract
import Commerce
import OrderContract
import OrderService
import ProductContract
import SQL
import ServiceKit
import TestSupport
import Testing

/// Refused payments are limited, and leave one row for two days.
@Suite struct PaymentLimitTests {
    private let limits = AttemptLimits(perCart: 3, perNetwork: 5)

    /// One attempt with a new key, from a client network.
    private func attempt(
        _ service: OrderService, _ cart: CartID, _ token: String = "tok_declined", network: String = "192.0.2.1"
    ) async throws -> Order {
        let key = IdempotencyKey(caller: "c", key: "\(UInt64.random(in: 0 ... .max))", requestHash: token)
        return try await CallContext(idempotency: key, clientNetwork: network).run {
            try await service.place(cart, payment: PaymentInstruction(provider: "test", token: token)).value
        }
    }

    @Test func aCartHasALimitOfRefusedPaymentsInAnHour() async throws {
        try await withShop { shop in
            let cart = try await shop.cart()
            // Two replicas count together.
            let replicas = [shop.orders(limits: limits), shop.orders(limits: limits)]
            for number in 0..<3 {
                await expect("payment_declined") {
                    try await attempt(replicas[number % 2], cart, network: "n\(number)")
                }
                shop.time.advance(by: .seconds(60))
            }
            let refusal = await refusal { try await attempt(replicas[1], cart, "tok_success", network: "other") }
            #expect(refusal?.code == "rate_limited" && refusal?.kind == .tooManyRequests)
            #expect(refusal?.retryAfter == .seconds(3_600 - 180))
            // The cart is unchanged, and other carts are not limited.
            _ = try await shop.carts.addLine(to: cart, variant: shop.variant, quantity: 1)
            _ = try await shop.carts.cart(cart)
            _ = try await attempt(replicas[0], try await shop.cart(), "tok_success", network: "n1")
            shop.time.advance(by: .seconds(3_421))
            #expect(try await attempt(replicas[0], cart, "tok_success").status == .confirmed)
        }
    }

    @Test func aNetworkHasALimitOverAllItsCarts() async throws {
        try await withShop(stock: 50) { shop in
            let service = shop.orders(limits: limits)
            for _ in 0..<5 { await expect("payment_declined") { try await attempt(service, try await shop.cart()) } }
            await expect("rate_limited") { try await attempt(service, try await shop.cart()) }
            await expect("payment_declined") { try await attempt(service, try await shop.cart(), network: "192.0.2.2") }
            // Captured payments do not count.
            for _ in 0..<8 {
                _ = try await attempt(service, try await shop.cart(), "tok_success", network: "192.0.2.3")
            }
        }
    }

    @Test func parallelAttemptsDoNotExceedTheLimit() async throws {
        try await withShop(stock: 50) { shop in
            let service = shop.orders(limits: limits)
            var carts: [CartID] = []
            for _ in 0..<20 { carts.append(try await shop.cart()) }
            let outcomes = await withTaskGroup(of: String.self) { group in
                for cart in carts { group.addTask { await code { try await attempt(service, cart) } ?? "order" } }
                return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(outcomes == ["payment_declined": 5, "rate_limited": 15])
        }
    }

    /// An attempt that may have charged is replayed, finished or undone even when the limit is reached.
    @Test(arguments: ["checkout.confirmOrder.before", "checkout.capturePayment.before"])
    func theLimitDoesNotStopARunningAttempt(point: String) async throws {
        try await withShop { shop in
            let cart = try await shop.cart()
            await expect("SimulatedCrash()") {
                try await shop.orders(faults: .crashing(at: point), limits: limits).buy(cart, key: "mine")
            }
            let none = shop.orders(limits: AttemptLimits(perCart: 1, perNetwork: 1))
            let stranger = try await shop.cart()
            await expect("rate_limited") { try await none.buy(stranger, key: "another") }
            shop.time.advance(by: .seconds(120))
            #expect(try await none.reconcileOnce() == 1)
            #expect(try await shop.money().authorised == 0)
            let order = try await none.buy(cart, key: "mine").value
            #expect(order.paymentStatus == .captured)
            #expect(try await none.buy(cart, key: "mine").replayed)
        }
    }

    @Test func aRefusedPaymentLeavesARowForTwoDaysAndNoEvent() async throws {
        try await withShop { shop in
            let metrics = RecordedMetrics(OrderMetrics.all)
            let service = shop.orders(limits: limits, metrics: metrics.factory)
            let cart = try await shop.cart()
            await expect("payment_declined") { try await attempt(service, cart) }
            #expect(try await shop.events().isEmpty)
            let refused = metrics.value(
                "magpie_payments_refused_total", ["reason": "declined"], of: "order-service")
            #expect(refused == "1")
            let (rows, network) = try await shop.ordersDatabase.read { tx in
                let rows = try tx.query("SELECT * FROM checkouts")
                return (try rows.map { try $0.optionalString("refusal") }, try rows.first?.optionalString("network"))
            }
            #expect(rows == ["declined"])
            #expect(network?.contains("192.0.2.1") == false)
            for table in ["idempotency_keys", "order_tasks"] {
                let rows = try await shop.ordersDatabase.read { tx in try tx.query("SELECT * FROM \(unsafeSQL: table)")
                }
                #expect(rows.isEmpty)
            }
            shop.time.advance(by: .seconds(172_801))
            try await service.deleteExpiredRecords()
            let left = try await shop.ordersDatabase.read { tx in try tx.query("SELECT * FROM checkouts").count }
            let payments = try await shop.paymentsDatabase.read { tx in
                try tx.query("SELECT * FROM test_payments").count
            }
            #expect(left == 0 && payments == 0)
        }
    }

    @Test func aFailureBeforeThePaymentLeavesNoRow() async throws {
        try await withShop(stock: 1) { shop in
            let service = shop.orders(limits: limits)
            let cart = try await shop.carts.create(currency: "USD").value.id
            for _ in 0..<10 { await expect("cart_empty") { try await attempt(service, cart) } }
            let left = try await shop.ordersDatabase.read { tx in try tx.query("SELECT * FROM checkouts").count }
            #expect(left == 0)
            #expect(try await shop.events().isEmpty)
        }
    }
}

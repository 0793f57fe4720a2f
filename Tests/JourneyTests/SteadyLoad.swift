import Foundation
import NIOHTTP1
import Synchronization

/// Buyers who keep ordering during a fault; every response is recorded.
final class SteadyLoad: Sendable {
    struct Tally {
        var orders = 0
        /// Requests with the documented refusal: 503 with `Retry-After`.
        var refusals: [String] = []
        /// Any other response, which is a failure.
        var failures: [String] = []
    }

    private let shop: RunningShop
    private let variant: String
    private let state = Mutex((tally: Tally(), isOver: false, number: 0))

    init(_ shop: RunningShop, buying variant: String) {
        self.shop = shop
        self.variant = variant
    }

    /// A load of orders of a product with much stock.
    static func ofPencils(on shop: RunningShop) async throws -> SteadyLoad {
        try await shop.stock("cedar-pencils", with: 100_000)
        let variant = try await shop.api("GET", "/products/cedar-pencils").json["variants"][0]["id"].string
        guard let variant else { throw ShopFailure("there are no pencils") }
        return SteadyLoad(shop, buying: variant)
    }

    var tally: Tally { state.withLock(\.tally) }

    /// Runs `body` while buyers place orders; returns their responses.
    func during(buyers: Int = 4, _ body: @escaping @Sendable () async throws -> Void) async throws -> Tally {
        state.withLock { $0 = (Tally(), false, $0.number) }
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            for _ in 0..<buyers { tasks.addTask { await self.buy() } }
            tasks.addTask {
                defer { self.state.withLock { $0.isOver = true } }
                try await body()
            }
            try await tasks.waitForAll()
            return self.tally
        }
    }

    /// Waits until so many more orders were placed.
    func moreOrders(_ count: Int, within limit: Duration = .seconds(40)) async throws {
        let goal = tally.orders + count
        let deadline = ContinuousClock.now.advanced(by: limit)
        while tally.orders < goal {
            guard ContinuousClock.now < deadline else {
                throw ShopFailure("no \(count) orders within \(limit): \(tally)\n\(shop.log.suffix(2_000))")
            }
            try await Task.sleep(for: .milliseconds(20))  // Counts the orders of the buyers.
        }
    }

    private func buy() async {
        while !state.withLock(\.isOver) {
            let number = state.withLock { state in
                state.number += 1
                return state.number
            }
            do {
                guard let cart = try await step("POST", "/carts", "{}")?.json["id"].string,
                    try await step("POST", "/carts/\(cart)/lines", #"{"variant_id":"\#(variant)","quantity":1}"#)
                        != nil,
                    try await step(
                        "PATCH", "/carts/\(cart)",
                        #"{"email":"guest@example.com","shipping_address":\#(RunningShop.address)}"#) != nil,
                    try await step("PATCH", "/carts/\(cart)", #"{"shipping_option_id":"standard"}"#) != nil
                else { continue }
                // The same key until there is a response.
                for _ in 0..<20 {
                    let answer = try await shop.checkout(cart: cart, key: "steady-\(number)")
                    if judge(answer, "checkout") { break }
                    if answer.status < 500, answer.code != "idempotency_in_flight",
                        answer.code != "checkout_in_progress"
                    {
                        break
                    }
                    try await Task.sleep(for: .milliseconds(200))  // As Retry-After asks clients to.
                }
            } catch {
                note("\(error)")
            }
        }
    }

    /// Nil when the shop refused; the buyer starts again.
    private func step(_ method: String, _ path: String, _ body: String) async throws -> Answer? {
        let answer = try await shop.api(method, path, body)
        if judge(answer, "\(method) \(path)") { return answer }
        try await Task.sleep(for: .milliseconds(100))  // As Retry-After asks clients to.
        return nil
    }

    /// Whether the response is a success.
    private func judge(_ answer: Answer, _ what: String) -> Bool {
        let isClean = answer.status == 503 && answer.headers.first(name: "Retry-After") != nil
        // A cart may be lost with its store.
        let isLost = answer.code == "cart_not_found"
        let isRunning = answer.code == "idempotency_in_flight" || answer.code == "checkout_in_progress"
        state.withLock { state in
            switch answer.status {
            case 200..<300: if what == "checkout" { state.tally.orders += 1 }
            case _ where isClean || isLost || isRunning:
                state.tally.refusals.append("\(what): \(answer.status) \(answer.text.prefix(200))")
            default: state.tally.failures.append("\(what): \(answer.status) \(answer.text.prefix(300))")
            }
        }
        return (200..<300).contains(answer.status)
    }

    private func note(_ failure: String) { state.withLock { $0.tally.failures.append(failure) } }
}

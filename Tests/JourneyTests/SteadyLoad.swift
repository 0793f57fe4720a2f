import Foundation
import NIOHTTP1
import Synchronization

/// Buyers who keep buying while something goes wrong; every answer they get is noted.
final class SteadyLoad: Sendable {
    struct Tally {
        var orders = 0
        /// Requests that were refused as promised: 503 with `Retry-After`.
        var refusals: [String] = []
        /// Anything else: what should never happen.
        var failures: [String] = []
    }

    private let shop: RunningShop
    private let variant: String
    private let state = Mutex((tally: Tally(), isOver: false, number: 0))

    init(_ shop: RunningShop, buying variant: String) {
        self.shop = shop
        self.variant = variant
    }

    /// A load of what the shop has plenty of.
    static func ofPencils(on shop: RunningShop) async throws -> SteadyLoad {
        try await shop.stock("cedar-pencils", with: 100_000)
        let variant = try await shop.api("GET", "/products/cedar-pencils").json["variants"][0]["id"].string
        guard let variant else { throw ShopFailure("there are no pencils") }
        return SteadyLoad(shop, buying: variant)
    }

    var tally: Tally { state.withLock(\.tally) }

    /// Runs `body` while buyers buy. Answers what they met.
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

    /// Waits until so many more orders were placed: the shop works.
    func moreOrders(_ count: Int, within limit: Duration = .seconds(40)) async throws {
        let goal = tally.orders + count
        let deadline = ContinuousClock.now.advanced(by: limit)
        while tally.orders < goal {
            guard ContinuousClock.now < deadline else {
                throw ShopFailure("no \(count) orders within \(limit): \(tally)\n\(shop.log.suffix(2_000))")
            }
            try await Task.sleep(for: .milliseconds(20))  // Counts what others do.
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
                // As a careful client does: the same key until there is an answer.
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

    /// nil when the shop refused; the buyer begins anew.
    private func step(_ method: String, _ path: String, _ body: String) async throws -> Answer? {
        let answer = try await shop.api(method, path, body)
        if judge(answer, "\(method) \(path)") { return answer }
        try await Task.sleep(for: .milliseconds(100))  // As Retry-After asks clients to.
        return nil
    }

    /// Whether it went well.
    private func judge(_ answer: Answer, _ what: String) -> Bool {
        let isClean = answer.status == 503 && answer.headers.first(name: "Retry-After") != nil
        // A cart may be gone with the store that held it.
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

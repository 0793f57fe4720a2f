import Foundation
import Testing

/// Many buyers at once: never more orders than units, never money without an order.
@Suite(.serialized, .shape(.both)) struct RaceTests {
    /// Rounds of the race; CI asks for 20.
    static let rounds = Int(ProcessInfo.processInfo.environment["MAGPIE_TEST_ROUNDS"] ?? "") ?? 2

    @Test func twoHundredBuyersOfTwentyUnits() async throws {
        try await race(buyers: 200, units: 20, inFlight: 32, rounds: Self.rounds)
    }

    @Test(.shape(.cluster)) func aThousandBuyersOfAHundredUnits() async throws {
        try await race(buyers: 1_000, units: 100, inFlight: 64, rounds: 1)
    }

    private func race(buyers: Int, units: Int, inFlight: Int, rounds: Int) async throws {
        try await withShop { shop in
            let admin = try await shop.administrator()
            let product = try await shop.api("GET", "/products/desk-clock")
            let variant = try #require(product.json["variants"][0]["id"].string)
            for round in 1...rounds {
                let stocked = try await shop.api(
                    "PATCH", "/admin/inventory/\(variant)", token: admin, #"{"on_hand":\#(units)}"#)
                try #require(stocked.status == 200, "\(stocked.text)")
                let statuses = try await buy(buyers, inFlight: inFlight, of: variant, round: round, shop: shop)
                #expect(
                    statuses.count { $0 == "201" } == units,
                    "\(Dictionary(grouping: statuses) { $0 }.mapValues(\.count))")
                #expect(statuses.count { $0 == "409 out_of_stock" } == buyers - units)
                try await shop.eventually("stock is zero") {
                    let level = try await shop.api("GET", "/products/desk-clock")
                    return level.json["variants"][0]["inventory_quantity"].int == 0
                }
            }
            #expect(shop.stop() == 0)
            try await ShopConsistency(folder: shop.folder).check("after the race")
        }
    }

    @Test func oneKeyFiftyTimes() async throws {
        try await withShop { shop in
            let cart = try await shop.filledCart(handle: "round-mirror", quantity: 1)
            let answers = try await withThrowingTaskGroup(of: Answer.self) { tasks in
                for _ in 0..<50 { tasks.addTask { try await shop.checkout(cart: cart, key: "same") } }
                return try await tasks.reduce(into: []) { $0.append($1) }
            }
            let made = answers.filter { $0.status == 201 }
            #expect(!made.isEmpty)
            #expect(Set(made.map(\.text)).count == 1, "\(Set(made.map(\.text)))")
            #expect(answers.allSatisfy { $0.status == 201 || $0.code == "idempotency_in_flight" })
            let admin = try await shop.administrator()
            #expect(try await shop.api("GET", "/admin/orders", token: admin).json["items"].array.count == 1)
        }
    }

    private func buy(_ buyers: Int, inFlight: Int, of variant: String, round: Int, shop: RunningShop) async throws
        -> [String]
    {
        // All carts are filled while there is stock; only the checkouts race.
        let carts = try await withThrowingTaskGroup(of: String.self) { tasks in
            var carts: [String] = []
            for number in 0..<buyers {
                if number >= 8, let cart = try await tasks.next() { carts.append(cart) }
                tasks.addTask { try await shop.filledCart(variant: variant, quantity: 1) }
            }
            for try await cart in tasks { carts.append(cart) }
            return carts
        }
        return try await withThrowingTaskGroup(of: String.self) { tasks in
            var statuses: [String] = []
            for (index, cart) in carts.enumerated() {
                if index >= inFlight, let status = try await tasks.next() { statuses.append(status) }
                tasks.addTask {
                    let answer = try await shop.checkout(cart: cart, key: "race-\(round)-\(index)")
                    return answer.status == 201 ? "201" : "\(answer.status) \(answer.code ?? "")"
                }
            }
            for try await status in tasks { statuses.append(status) }
            return statuses
        }
    }
}

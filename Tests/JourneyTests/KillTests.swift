import Foundation
import OrderService
import SQL
import SQLiteDriver
import Testing

/// `kill -9` at every step of the checkout, and at random moments under load.
@Suite(.serialized) struct KillTests {
    /// Random moments; the nightly run asks for 30.
    static let moments = Int(ProcessInfo.processInfo.environment["MAGPIE_TEST_MOMENTS"] ?? "") ?? 3
    static let checkoutPoints = FaultPoints.names.filter { $0.hasPrefix("checkout.") }

    @Test func aCrashAtEachStepIsFinishedOrUndone() async throws {
        try await withFolder { folder in
            try await Self.prepare(folder)
            for point in Self.checkoutPoints {
                let card = point.contains("void") || point.contains("release") ? "tok_declined" : "tok_success"
                let doomed = try await RunningShop.start(in: folder, environment: ["MAGPIE_FAULT_POINT": point])
                let cart = try await doomed.filledCart(handle: "cedar-pencils", quantity: 1)
                _ = try? await doomed.checkout(cart: cart, key: point, card: card)
                doomed.kill()

                let shop = try await RunningShop.start(in: folder)
                try await shop.eventually("\(point): nothing is left to do") {
                    let running = try await Books(folder: folder).rows(
                        "order", "SELECT order_id FROM checkouts WHERE state = 'running'")
                    let waiting = try await Books(folder: folder).rows("order", "SELECT id FROM outbox")
                    return running.isEmpty && waiting.isEmpty
                }
                #expect(shop.stop() == 0)
                try await Books(folder: folder).audit(point)
            }
        }
    }

    @Test func crashesUnderLoadLoseAndDoubleNothing() async throws {
        try await withFolder { folder in
            try await Self.prepare(folder)
            for moment in 1...Self.moments {
                let doomed = try await RunningShop.start(in: folder)
                await withTaskGroup(of: Void.self) { tasks in
                    for buyer in 0..<8 {
                        tasks.addTask {
                            for round in 0..<50 {
                                guard let cart = try? await doomed.filledCart(handle: "cedar-pencils", quantity: 1),
                                    (try? await doomed.checkout(cart: cart, key: "\(moment)-\(buyer)-\(round)")) != nil
                                else { return }
                            }
                        }
                    }
                    tasks.addTask {
                        try? await Task.sleep(for: .milliseconds(Int.random(in: 300...2_500)))  // The random moment.
                        doomed.kill()
                    }
                }
                let shop = try await RunningShop.start(in: folder)
                try await shop.eventually("moment \(moment): nothing is left to do") {
                    let running = try await Books(folder: folder).rows(
                        "order", "SELECT order_id FROM checkouts WHERE state = 'running'")
                    let waiting = try await Books(folder: folder).rows("order", "SELECT id FROM outbox")
                    return running.isEmpty && waiting.isEmpty
                }
                #expect(shop.stop() == 0)
                try await Books(folder: folder).audit("moment \(moment)")
            }
        }
    }

    /// A demo shop with more pencils than the tests can buy.
    private static func prepare(_ folder: URL) async throws {
        let shop = try await RunningShop.start(in: folder)
        try await shop.stock("cedar-pencils", with: 10_000)
        #expect(shop.stop() == 0)
    }
}

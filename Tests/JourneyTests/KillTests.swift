import Foundation
import OrderService
import SQL
import ServiceKit
import Testing

@testable import magpie

/// `kill -9` at every step of checkouts, cancellations and refunds, and at random moments under load.
@Suite(.serialized, .shape(.oneProcess)) struct KillTests {
    /// Random moments; CI asks for 30.
    static let moments = Int(ProcessInfo.processInfo.environment["MAGPIE_TEST_MOMENTS"] ?? "") ?? 3

    @Test func aCrashAtEachStepIsFinishedOrUndone() async throws {
        try await withFolder { folder in
            try await Self.prepare(folder)
            for point in FaultPoints.ofOrders {
                let doomed = try await Self.startDoomed(in: folder, at: point)
                let answer = try? await Self.drive(doomed, to: point)
                #expect(answer == nil, "\(point) was not reached: \(answer?.text ?? "")")
                try await doomed.eventually("\(point): the process is dead") { !doomed.isRunning }
                doomed.kill()
                try await Self.recover(folder, point)
            }
        }
    }

    @Test(arguments: ServiceList.consumerGroups)
    func aConsumerKilledBetweenEffectAndCommitDoublesNothing(_ group: String) async throws {
        try await withFolder { folder in
            try await Self.prepare(folder)
            let point = "consumer.\(group).handled"
            let doomed = try await Self.startDoomed(in: folder, at: point)
            // Killed at the order's event, or at an earlier one.
            if let cart = try? await doomed.filledCart(handle: "cedar-pencils", quantity: 1) {
                _ = try? await doomed.checkout(cart: cart, key: group)
            }
            try await doomed.eventually("\(point): the process is dead") { !doomed.isRunning }
            try await Self.recover(folder, point)
        }
    }

    /// Starts a shop that kills itself when it next reaches the point.
    private static func startDoomed(in folder: URL, at point: String) async throws -> RunningShop {
        let faults = folder.appending(path: "faults")
        try FileManager.default.createDirectory(at: faults, withIntermediateDirectories: true)
        let shop = try await RunningShop.start(in: folder, environment: ["MAGPIE_FAULT_FOLDER": faults.path])
        try Data().write(to: faults.appending(path: point))
        return shop
    }

    /// Sends the request that reaches a point; it gets no response.
    private static func drive(_ shop: RunningShop, to point: String) async throws -> Answer {
        let cart = try await shop.filledCart(handle: "cedar-pencils", quantity: 1)
        let step = point.split(separator: ".").dropFirst().first ?? ""
        let card =
            switch step {
            case "askPayment": "tok_timeout_then_success"
            case "releaseStock", "unlockCart", "fail": "tok_declined"
            default: "tok_success"
            }
        if step == "voidPayment" {
            _ = try await shop.api("POST", "/carts/\(cart)/coupons", #"{"code":"\#(usedCoupon)"}"#)
        }
        let order = try await shop.checkout(cart: cart, key: point, card: card)
        let id = order.json["id"].string ?? ""
        if point.hasPrefix("cancel.") {
            let token = order.json["guest_token"].string ?? ""
            return try await shop.api("POST", "/orders/\(id)/cancel", headers: ["X-Order-Token": token])
        } else if point.hasPrefix("refund.") {
            let admin = try await shop.sameAdministrator()
            // A full refund returns stock.
            let body = step == "stock" ? #"{"reason":"never sent"}"# : #"{"amount":100,"reason":"late"}"#
            return try await shop.api("POST", "/admin/orders/\(id)/refunds", token: admin, key: point, body)
        }
        return order
    }

    /// Starts the shop again after its leases have expired, waits until all is done, and compares the databases.
    private static func recover(_ folder: URL, _ moment: String) async throws {
        let consistency = ShopConsistency(folder: folder)
        try await consistency.expireLeases()
        let shop = try await RunningShop.start(in: folder)
        try await consistency.checkWhenIdle(shop, moment)
        #expect(shop.stop() == 0)
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
                try await Self.recover(folder, "moment \(moment)")
            }
        }
    }

    /// A coupon that each customer may use once; `guest@example.com` has used it.
    private static let usedCoupon = "WELCOME10"

    /// A demo shop with more pencils than the tests can buy.
    private static func prepare(_ folder: URL) async throws {
        let shop = try await RunningShop.start(in: folder)
        try await shop.stock("cedar-pencils", with: 10_000)
        let cart = try await shop.filledCart(handle: "cedar-pencils", quantity: 1)
        let coupon = try await shop.api("POST", "/carts/\(cart)/coupons", #"{"code":"\#(usedCoupon)"}"#)
        #expect(coupon.status == 200, "\(coupon.text)")
        #expect(try await shop.checkout(cart: cart, key: "coupon").status == 201)
        #expect(shop.stop() == 0)
    }
}

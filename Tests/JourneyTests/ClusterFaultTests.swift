import Foundation
import Testing

@testable import magpie

/// Each part of a shop of many processes fails under load, one after the other. Nothing may be lost or doubled, and
/// requests are refused with the documented errors.
@Suite(.serialized, .shape(.cluster))
struct ClusterFaultTests {
    private static let environment = ProcessInfo.processInfo.environment
    /// Rounds of each fault; `make faults` asks for 10.
    private static let rounds = Int(environment["MAGPIE_TEST_FAULT_ROUNDS"] ?? "") ?? 1
    /// Seconds without Kafka; `make faults` asks for 60.
    private static let outage = Int(environment["MAGPIE_TEST_KAFKA_OUTAGE"] ?? "") ?? 6

    private static let services = ServiceList.names

    @Test func killedServicesLoseAndDoubleNothing() async throws {
        try await Self.survive(Self.services, moreOrders: 4) { shop, service in try shop.killProcess(of: service) }
    }

    @Test func consumersKilledBetweenEffectAndCommitDoubleNothing() async throws {
        try await withFolder { folder in
            let faults = folder.deletingLastPathComponent().appending(path: "faults")
            try FileManager.default.createDirectory(at: faults, withIntermediateDirectories: true)
            let environment = ["MAGPIE_FAULT_FOLDER": faults.path]
            try await Self.survive(ServiceList.consumerGroups, moreOrders: 4, environment: environment) {
                shop, group in
                let fault = faults.appending(path: "consumer.\(group).handled")
                try Data().write(to: fault)
                try await shop.eventually("\(group) has died") {
                    !FileManager.default.fileExists(atPath: fault.path)
                }
            }
        }
    }

    @Test func enginesThatFailLoseAndDoubleNothing() async throws {
        let faults = ["postgres-restart", "postgres-crash", "postgres-failover", "redis-crash", "redis-emptied"]
        try await Self.survive(faults, moreOrders: 6) { shop, fault in
            try Self.engine(fault, database: try #require(try ClusterSettings(of: shop.folder)).database)
        }
    }

    @Test func checkoutKeepsWorkingWithoutKafka() async throws {
        try await Self.underLoad { shop, load, consistency in
            for round in 1...Self.rounds {
                let tally = try await load.during {
                    try await load.moreOrders(2)
                    try Self.engine("kafka-stop")
                    let until = ContinuousClock.now.advanced(by: .seconds(Self.outage))
                    repeat { try await load.moreOrders(2, within: .seconds(10)) } while ContinuousClock.now < until
                    try Self.engine("kafka-start")
                    try await load.moreOrders(2)
                }
                #expect(tally.failures.isEmpty, "without Kafka: \(tally.failures.prefix(3))")
                #expect(tally.refusals.isEmpty, "without Kafka: \(tally.refusals.prefix(3))")
                try await consistency.checkWhenIdle(shop, "without Kafka, round \(round)")
            }
        }
    }

    @Test func aRollingRestartRefusesNoRequest() async throws {
        let twice = Self.services.map { "\($0)=2" }.joined(separator: ",")
        try await withShop(environment: ["MAGPIE_TEST_REPLICAS": twice]) { shop in
            let (load, consistency) = (try await SteadyLoad.ofPencils(on: shop), ShopConsistency(folder: shop.folder))
            for round in 1...Self.rounds {
                let tally = try await load.during {
                    try await load.moreOrders(2)
                    shop.restartEverything()
                    try await shop.eventually("round \(round): every service was restarted", within: .seconds(180)) {
                        shop.log.components(separatedBy: "Every service was restarted.").count > round
                    }
                    try await load.moreOrders(2)
                }
                #expect(tally.failures.isEmpty, "\(tally.failures.prefix(3))")
                #expect(tally.refusals.isEmpty, "\(tally.refusals.count): \(tally.refusals.prefix(5))")
                try await consistency.checkWhenIdle(shop, "rolling restart, round \(round)")
            }
        }
    }

    // MARK: Parts

    /// Causes each fault in turn under load; afterwards orders can be placed, and the databases agree.
    private static func survive(
        _ faults: [String], moreOrders: Int, environment: [String: String] = [:],
        inject: @escaping @Sendable (RunningShop, String) async throws -> Void
    ) async throws {
        try await underLoad(environment) { shop, load, consistency in
            for round in 1...rounds {
                for fault in faults {
                    let tally = try await load.during {
                        try await load.moreOrders(2)
                        try await inject(shop, fault)
                        try await load.moreOrders(moreOrders)
                    }
                    #expect(tally.failures.isEmpty, "\(fault): \(tally.failures.prefix(3))")
                    try await consistency.checkWhenIdle(shop, "\(fault), round \(round)")
                }
            }
        }
    }

    private static func underLoad(
        _ environment: [String: String] = [:], _ body: (RunningShop, SteadyLoad, ShopConsistency) async throws -> Void
    ) async throws {
        try await withShop(environment: RunningShop.oneProcessAService.merging(environment) { $1 }) { shop in
            try await body(shop, try await SteadyLoad.ofPencils(on: shop), ShopConsistency(folder: shop.folder))
            #expect(shop.stop() == 0, "\(shop.log.suffix(2_000))")
        }
    }

    private static func engine(_ fault: String, database: String = "") throws {
        let result = try runProgram(Peer.root.appending(path: "scripts/engine-fault"), [fault, database])
        try #require(result.status == 0, "\(fault): \(result.output)")
    }
}

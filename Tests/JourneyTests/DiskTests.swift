import Foundation
import Testing

/// A full or read-only disk: requests are refused with the documented errors, readiness ends, nothing is lost, and the shop
/// continues by itself when there is space again.
@Suite(.serialized, .shape(.both), .enabled(if: SmallDisk.mayMount, SmallDisk.hint)) struct DiskTests {
    @Test(.shape(.oneProcess)) func aFullDataFolderStopsSalesAndLosesNothing() async throws {
        try await SmallDisk.with(megabytes: 64) { disk in
            let shop = try await RunningShop.start(in: disk.folder)
            try await Self.sell(on: shop, naming: "MAGPIE_DATA", breaking: disk.fill, mending: disk.freeSpace)
            try await ShopConsistency(folder: disk.folder).checkWhenIdle(shop, "a full disk")
            #expect(shop.stop() == 0, "\(shop.log.suffix(2_000))")
        }
    }

    @Test(.shape(.cluster)) func aFullDatabaseStopsSalesAndLosesNothing() async throws {
        try await SmallDisk.with(megabytes: 100, owner: Self.databaseOwner) { disk in
            try await withFolder { folder in
                let first = try await RunningShop.start(in: folder, environment: RunningShop.oneProcessAService)
                #expect(first.stop() == 0)
                let database = try #require(try ClusterSettings(of: folder)).database
                try TestServers.psql("CREATE TABLESPACE small LOCATION '\(disk.folder.path)'")
                try TestServers.psql("ALTER DATABASE \(database) SET TABLESPACE small")

                let shop = try await RunningShop.start(
                    in: folder, arguments: [], environment: RunningShop.oneProcessAService)
                try await Self.sell(
                    on: shop, naming: "MAGPIE_DATABASE_URL", breaking: disk.fill, mending: disk.freeSpace)
                try await ShopConsistency(folder: folder).checkWhenIdle(shop, "a full database")
                #expect(shop.stop() == 0, "\(shop.log.suffix(2_000))")
                try TestServers.psql("DROP DATABASE \(database) WITH (FORCE)")
                try TestServers.psql("DROP TABLESPACE small")
            }
        }
    }

    @Test(.shape(.cluster)) func aReadOnlyDatabaseStopsSalesAndLosesNothing() async throws {
        try await withShop(environment: RunningShop.oneProcessAService) { shop in
            let database = try #require(try ClusterSettings(of: shop.folder)).database
            let setting = "default_transaction_read_only"
            try await Self.sell(
                on: shop, naming: "MAGPIE_DATABASE_URL",
                breaking: {
                    try TestServers.psql("ALTER DATABASE \(database) SET \(setting) = on")
                    // It takes effect in new sessions only, which stay read-only when the server writes again.
                    try TestServers.psql(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(database)'")
                }, mending: { try TestServers.psql("ALTER DATABASE \(database) RESET \(setting)") })
            try await ShopConsistency(folder: shop.folder).checkWhenIdle(shop, "a read-only database")
            #expect(shop.stop() == 0, "\(shop.log.suffix(2_000))")
        }
    }

    @Test(.shape(.cluster)) func aServiceWaitsForAWritableFolder() async throws {
        try await SmallDisk.with(megabytes: 4) { disk in
            try disk.makeReadOnly()
            let environment = ["MAGPIE_DATA": disk.folder.appending(path: "data").path]
            try await withFolder { folder in
                let service = try SingleService("offer-service", in: folder, environment: environment)
                defer { if service.isRunning { _ = service.stop() } }
                try await service.eventually("names the folder") { service.log.contains("MAGPIE_DATA") }
                let before = await service.isReady()
                #expect(!before && service.isRunning)
                try disk.makeWritable()
                try await service.eventuallyReady()
                try disk.fill()
                try await service.eventually("is unready") { await !service.isReady() }
                try disk.freeSpace()
                try await service.eventuallyReady()
                #expect(service.stop().status == 0)
            }
        }
    }

    // MARK: Parts

    /// Who may own a tablespace: see scripts/with-postgres.
    private static let databaseOwner = getuid() == 0 ? "postgres" : nil

    /// Places orders, causes a fault until orders are refused, repairs it and places orders again.
    private static func sell(
        on shop: RunningShop, naming setting: String, breaking: @escaping @Sendable () throws -> Void,
        mending: @escaping @Sendable () throws -> Void
    ) async throws {
        let load = try await SteadyLoad.ofPencils(on: shop)
        let tally = try await load.during {
            try await load.moreOrders(2)
            try breaking()
            // An engine still uses space that it has already allocated.
            try await shop.eventually("buyers are refused", within: .seconds(90)) { !load.tally.refusals.isEmpty }
            try await shop.eventually("the shop is unready") { try await shop.readiness(of: "order-service") == 503 }
            let complaints = shop.log + shop.complaints
            #expect(complaints.contains(setting), "\(complaints.suffix(4_000))")
            let page = try await shop.api("GET", "/products/cedar-pencils")
            #expect(page.status == 200, "\(page.text)")
            try mending()
            try await load.moreOrders(4)
            try await shop.eventually("the shop is ready") { try await shop.readiness(of: "order-service") == 200 }
        }
        #expect(tally.failures.isEmpty, "\(tally.failures.prefix(3))")
        #expect(shop.isRunning)
    }
}

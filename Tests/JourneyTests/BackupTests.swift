import Foundation
import SQL
import Testing

/// Copies of the data folder of a running shop.
@Suite(.serialized, .shape(.oneProcess)) struct BackupTests {
    /// The number of backups while orders are placed; CI may ask for more.
    private static let rounds = Int(ProcessInfo.processInfo.environment["MAGPIE_TEST_BACKUPS"] ?? "") ?? 4

    @Test func backupsUnderLoadLoseAndDoubleNothing() async throws {
        try await withShop { shop in
            let copies = (1...Self.rounds).map { shop.folder.deletingLastPathComponent().appending(path: "copy-\($0)") }
            let load = try await SteadyLoad.ofPencils(on: shop)
            let tally = try await load.during {
                for copy in copies {
                    try await load.moreOrders(5)
                    let backup = try shop.command("backup", copy.path)
                    #expect(backup.status == 0, "\(backup.output)")
                }
            }
            #expect(tally.failures.isEmpty, "\(tally.failures.prefix(3))")
            for copy in copies {
                let name = copy.lastPathComponent
                try Self.expectPrivate(copy)
                let consistency = ShopConsistency(folder: copy)
                try await consistency.expireLeases()
                let restored = try await RunningShop.start(in: copy, arguments: [])
                try await consistency.checkWhenIdle(restored, name)
                let orders = try await consistency.rows("order", "SELECT id FROM orders").count
                #expect(orders >= 5, "\(name)")
                let cart = try await restored.filledCart(handle: "cedar-pencils", quantity: 1)
                #expect(try await restored.checkout(cart: cart, key: name).status == 201)
                try await consistency.checkWhenIdle(restored, "\(name), after more orders")
                #expect(restored.stop() == 0)
                let chain = try restored.command("audit", "verify")
                #expect(chain.status == 0, "\(chain.output)")
            }
        }
    }

    @Test func aBackupIsRestoredAndOverwritesNothing() async throws {
        try await withFolder { folder in
            let shop = try await RunningShop.start(in: folder)
            let cart = try await shop.filledCart(handle: "cedar-pencils", quantity: 1)
            let order = try await shop.checkout(cart: cart, key: "backup-1")
            try await ShopConsistency(folder: folder).checkWhenIdle(shop, "before the backup")
            let parent = folder.deletingLastPathComponent()
            let (copy, back) = (parent.appending(path: "copy"), parent.appending(path: "back"))
            #expect(try shop.command("backup", copy.path).status == 0)
            let again = try shop.command("backup", copy.path)
            #expect(again.status == 1 && again.output.contains("not an empty folder"), "\(again.output)")
            let inside = try shop.command("backup", folder.appending(path: "media/copy").path)
            #expect(inside.status == 1 && inside.output.contains("lies in the data folder"), "\(inside.output)")
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "media/copy").path))
            #expect(shop.stop() == 0)

            // A clean stop checkpoints everything into the files: both folders have the same contents.
            #expect(
                try Self.names(in: copy)
                    == Self.names(in: folder).filter { name in
                        !["running.lock", "last-backup", "-wal", "-shm"].contains { name.hasSuffix($0) }
                    })
            #expect(try await ShopConsistency(folder: copy).contents() == ShopConsistency(folder: folder).contents())

            let restored = try RunningShop.command(["restore", copy.path, "--data", back.path])
            #expect(restored.status == 0, "\(restored.output)")
            let refused = try RunningShop.command(["restore", copy.path, "--data", back.path])
            #expect(refused.status == 1 && refused.output.contains("not an empty folder"), "\(refused.output)")
            let reborn = try await RunningShop.start(in: back, arguments: [])
            let id = try #require(order.json["id"].string)
            let token = try #require(order.json["guest_token"].string)
            let found = try await reborn.api("GET", "/orders/\(id)", headers: ["X-Order-Token": token])
            #expect(found.status == 200 && found.json["number"].string == order.json["number"].string, "\(found.text)")
            #expect(try await reborn.api("GET", "/products/cedar-pencils").status == 200)
            #expect(reborn.stop() == 0)
        }
    }

    @Test func refusedBackupsNameTheReason() async throws {
        try await withFolder { folder in
            let empty = try RunningShop.command(["backup", folder.appending(path: "copy").path, "--data", folder.path])
            #expect(empty.status == 1 && empty.output.contains("there is no shop"), "\(empty.output)")
            #expect(!FileManager.default.fileExists(atPath: folder.path))
            // The mark of a killed copy.
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data().write(to: folder.appending(path: "copy-unfinished"))
            for command in [["up"], ["admin", "create", "a@example.com"], ["backup", folder.path + "-copy"]] {
                let refused = try RunningShop.command(command + ["--data", folder.path])
                #expect(refused.status == 1 && refused.output.contains("not finished"), "\(refused.output)")
            }
        }
    }

    private static func names(in folder: URL) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    }

    private static func expectPrivate(_ folder: URL) throws {
        for path in try [""] + names(in: folder) {
            let file = folder.appending(path: path)
            let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
            let permissions = try #require(attributes[.posixPermissions] as? Int)
            #expect(permissions & 0o077 == 0, "\(path)")
        }
    }
}

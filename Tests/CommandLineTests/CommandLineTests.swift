import ArgumentParser
import EventContract
import EventLog
import Foundation
import TestSupport
import Testing

@testable import magpie

@Suite struct CommandLineTests {
    @Test(arguments: [[], ["import"], ["export"], ["admin"], ["audit"], ["events"], ["mail"]])
    func aCommandThatOnlyHoldsOthersIsWrongUsage(_ arguments: [String]) async throws {
        #expect(await exitCode(arguments) == 64)
    }

    @Test func aDamagedDatabaseIsNamed() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "order.sqlite")
            try Data(repeating: 7, count: 10_000).write(to: file)
            let error = await #expect(throws: Fault.self) {
                _ = try await OneProcess(settings: Settings(.parse(["--data", folder.path])), quiet: true)
            }
            #expect(error?.description.hasPrefix("\(file.path) cannot be used: ") == true)
            #expect(error?.description.contains("\n") == false)
            #expect(await exitCode(["migrate", "--data", folder.path]) == 1)
        }
    }

    /// A mistyped folder is not reported as a shop that is sound.
    @Test(arguments: [["doctor"], ["audit", "verify"], ["export", "orders"], ["admin", "rotate-keys"]])
    func aFolderWithoutAShopIsNamed(_ command: [String]) async throws {
        try await withTemporaryFolder { folder in
            let folder = folder.appending(path: "mistyped")
            #expect(await exitCode(command + ["--data", folder.path]) == 1)
            let error = await #expect(throws: Fault.self) {
                _ = try await OneProcess.forCommand(Settings(.parse(["--data", folder.path])))
            }
            #expect(error?.description.contains(folder.path) == true)
            #expect(!FileManager.default.fileExists(atPath: folder.path))
        }
    }

    @Test func badRulesStopTheShopAndNothingElse() async throws {
        try await withTemporaryFolder { folder in
            let rules = folder.appending(path: "offers.json")
            #expect(await exitCode(["migrate", "--data", folder.path]) == 0)
            try Data(#"{"promotions": 7}"#.utf8).write(to: rules)
            #expect(await exitCode(["export", "products", "--data", folder.path]) == 0)
            #expect(await exitCode(["export", "orders", "--data", folder.path]) == 0)
            #expect(await exitCode(["export", "customers", "--data", folder.path]) == 0)
            #expect(await exitCode(["doctor", "--data", folder.path, "--port", "8181"]) == 1)
            let error = await #expect(throws: Fault.self) {
                _ = try await OneProcess(settings: Settings(.parse(["--data", folder.path])))
            }
            #expect(error?.description.contains(rules.path) == true)
            #expect(error?.description.contains("promotions: ") == true)
        }
    }

    @Test func deadLettersAreRetriedOrDropped() async throws {
        try await withTemporaryFolder { folder in
            let shop = try await OneProcess(settings: Settings(.parse(["--data", folder.path])), quiet: true)
            for key in ["a", "b", "c"] {
                let event = try Event(OrderCancelled(orderID: key), source: "test")
                try await shop.eventLog.publish([event])
                try await shop.eventLog.deadLetter(event, group: "audit-service", reason: "test")
            }
            let command = ["events", "dead-letters", "--data", folder.path]
            #expect(await exitCode(command + ["--drop", "1"]) == 0)
            #expect(await exitCode(command + ["--retry", "2"]) == 0)
            #expect(try await shop.eventLog.deadLetters().map(\.event.key) == ["b", "c"])
            #expect(try await shop.eventLog.deadLettersToRetry(group: "audit-service").map(\.event.key) == ["b"])
            #expect(await exitCode(command + ["--retry", "all"]) == 0)
            #expect(try await shop.eventLog.deadLettersToRetry(group: "audit-service").count == 2)
            #expect(await exitCode(command + ["--drop", "1"]) == 1)
            #expect(await exitCode(command + ["--retry", "x"]) == 64)
            #expect(await exitCode(command + ["--retry", "2", "--drop", "3"]) == 64)
            try await shop.close()
        }
    }
}

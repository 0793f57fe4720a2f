import ArgumentParser
import Configuration
import EventContract
import EventLog
import Foundation
import NIOCore
import NIOPosix
import Synchronization
import TestSupport
import Testing

@testable import magpie

@Suite struct CommandLineTests {
    @Test(arguments: [[], ["import"], ["export"], ["admin"], ["audit"], ["events"], ["mail"]])
    func aCommandThatOnlyHoldsOthersIsWrongUsage(_ arguments: [String]) async throws {
        #expect(await exitCode(arguments) == 64)
    }

    @Test func aVariableSetToNothingIsUnset() throws {
        let environment = ["MAGPIE_PORT": "", "MAGPIE_SMTP_HOST": "", "MAGPIE_HOST": "", "MAGPIE_OPS_PORT": "9500"]
        let settings = try Settings(.parse([]), from: ConfigReader(environment: environment))
        #expect(settings.port == 8080)
        #expect(settings.host == "127.0.0.1")
        #expect(settings.smtpHost == nil)
        #expect(settings.operationsPort == 9500)
    }

    @Test func testPaymentsAreOffUnlessTurnedOn() throws {
        func settings(_ environment: [String: String]) throws -> Settings {
            try Settings(.parse([]), from: ConfigReader(environment: environment))
        }
        #expect(try !settings([:]).testPayments && settings([:]).payments.hasPrefix("none"))
        let on = try settings(["MAGPIE_TEST_PAYMENTS": "on"])
        #expect(on.testPayments && on.payments.contains("nothing is charged"))
        #expect(throws: Never.self) { _ = try Serve.parse(["order-service", "--test-payments"]) }
        #expect(throws: Never.self) { _ = try Up.parse(["--test-payments"]) }
    }

    @Test func aSecretMayLieInAFile() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "password")
            try Data("squeamish ossifrage\n".utf8).write(to: file)
            let environment = ["MAGPIE_SMTP_PASSWORD_FILE": file.path]
            let settings = try Settings(.parse([]), from: ConfigReader(environment: environment))
            #expect(settings.smtpPassword == "squeamish ossifrage")
        }
    }

    /// Each service would make up an address of its own, and refuse the others' tokens.
    @Test func aServiceNeedsToKnowHowCustomersReachTheShop() async throws {
        let environment = ["MAGPIE_SERVICE_KEY": String(repeating: "k", count: 40)]
        let settings = try Settings(.parse([]), from: ConfigReader(environment: environment))
        let offers = try #require(ServiceCatalogue.services.first { $0.name == "offer-service" })
        let error = await #expect(throws: Fault.self) { _ = try await ServiceProcess(offers, settings: settings) }
        #expect(error?.description.contains("MAGPIE_PUBLIC_URL") == true)
    }

    @Test(arguments: [
        "MAGPIE_PORT": "0", "MAGPIE_OPS_PORT": "https", "MAGPIE_SMTP_PORT": "99999", "MAGPIE_TRUSTED_PROXIES": "-1",
        "MAGPIE_DATABASE_CONNECTIONS": "many", "MAGPIE_KAFKA_IDLE_PAUSE": "1s", "MAGPIE_KAFKA_REPLICATION": "0",
        "MAGPIE_KAFKA_SECURITY": "tls", "MAGPIE_KAFKA_MECHANISM": "GSSAPI", "MAGPIE_SMTP_PASSWORD_FILE": "/nowhere",
        "MAGPIE_DATABASE_URL": "db.example", "MAGPIE_REDIS_URL": "rediss://cache",
        "MAGPIE_SERVICE_KEY": "short", "MAGPIE_ORDER_SERVICE_ADDRESS": "order-service", "MAGPIE_LOG_LEVEL": "loud",
        "MAGPIE_RATE_LIMIT": "no", "MAGPIE_TEST_PAYMENTS": "true", "MAGPIE_CURRENCY": "EURO",
    ])
    func aValueThatCannotBeIsRefusedByItsName(_ name: String, _ value: String) throws {
        let rest = ["MAGPIE_DATABASE_URL": "postgres://magpie@db", "MAGPIE_KAFKA_BROKERS": "kafka:9092"]
        let environment = rest.merging([name: value]) { $1 }
        let error = #expect(throws: (any Error).self) {
            try Settings(.parse([]), from: ConfigReader(environment: environment))
        }
        #expect(error.map { "\($0)".contains(name) } == true, "\(String(describing: error))")
    }

    @Test func aPortThatIsTakenIsNamedBeforeAnyWorkIsDone() async throws {
        try await withTemporaryFolder { folder in
            let other = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .bind(host: "127.0.0.1", port: 0).get()
            let port = try #require(other.localAddress?.port)
            let settings = try Settings(.parse(["--data", folder.path]), port: port)
            let error = #expect(throws: Fault.self) { try settings.checkPorts() }
            #expect(
                error?.description
                    == "port \(port) is in use by another program: choose another with --port or MAGPIE_PORT")
            try await other.close()
        }
    }

    /// Who connects while a shop starts is refused, and tries elsewhere; nobody is taken in and cut off.
    @Test func lookingAtAPortOpensNothing() async throws {
        try await withTemporaryFolder { folder in
            var settings = try Settings(.parse(["--data", folder.path]), port: Int.random(in: 20_000..<30_000))
            settings.operationsPort = settings.port + 1
            let isDone = Atomic(false)
            let looking = Thread { [settings] in
                while !isDone.load(ordering: .relaxed) {
                    try? settings.checkPorts()
                    Thread.sleep(forTimeInterval: 0.000_1)  // The machine has other tests to run.
                }
            }
            looking.start()
            defer { isDone.store(true, ordering: .relaxed) }
            for _ in 0..<300 {
                await #expect(throws: (any Error).self) {
                    try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                        .connect(host: "127.0.0.1", port: settings.port).get()
                }
            }
        }
    }

    @Test func aDamagedDatabaseIsNamed() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "order.sqlite")
            try Data(repeating: 7, count: 10_000).write(to: file)
            let error = await #expect(throws: Fault.self) {
                _ = try await Shop(settings: Settings(.parse(["--data", folder.path])), quiet: true)
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
                _ = try await Shop.forCommand(Settings(.parse(["--data", folder.path])))
            }
            #expect(error?.description.contains(folder.path) == true)
            #expect(!FileManager.default.fileExists(atPath: folder.path))
        }
    }

    @Test func oneProcessAtATimeRunsTheShopOfAFolder() async throws {
        try await withTemporaryFolder { folder in
            let data = DataFolder(folder)
            try data.claim()
            let error = #expect(throws: Fault.self) { try data.claim() }
            #expect(error?.description.contains("another process") == true)
        }
    }

    @Test func aDataFolderThatCannotBeMadeIsNamed() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "file")
            try Data().write(to: file)
            let error = #expect(throws: Fault.self) { try DataFolder(file).prepare() }
            #expect(error?.description.contains(file.path) == true)
            #expect(error?.description.contains("MAGPIE_DATA") == true)
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
                _ = try await Shop(settings: Settings(.parse(["--data", folder.path])))
            }
            #expect(error?.description.contains(rules.path) == true)
            #expect(error?.description.contains("promotions: ") == true)
        }
    }

    @Test func deadLettersAreTriedAgainOrForgotten() async throws {
        try await withTemporaryFolder { folder in
            let shop = try await Shop(settings: Settings(.parse(["--data", folder.path])), quiet: true)
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

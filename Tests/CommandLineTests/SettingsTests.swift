import ArgumentParser
import Configuration
import Foundation
import NIOCore
import NIOPosix
import Synchronization
import TestSupport
import Testing

@testable import magpie

@Suite struct SettingsTests {
    @Test func theIssuerIsTheSameWithAndWithoutASlash() throws {
        #expect(try settings(["MAGPIE_PUBLIC_URL": "https://shop.example/"]).publicURL == "https://shop.example")
        #expect(try settings(["MAGPIE_PUBLIC_URL": "https://shop.example"]).publicURL == "https://shop.example")
    }

    @Test func theOperationsPortDoesNotFollowThePublicOne() throws {
        let open = try settings(["MAGPIE_HOST": "0.0.0.0"])
        #expect(open.operationsHost == "127.0.0.1")
        #expect(try settings(["MAGPIE_OPS_HOST": "10.0.0.1"]).operationsHost == "10.0.0.1")
    }

    @Test(arguments: [("0", true), ("5", true), ("6", false), ("-1", false), ("one", false)])
    func upToFiveProxiesAreTrusted(text: String, accepted: Bool) {
        #expect(((try? settings(["MAGPIE_TRUSTED_PROXIES": text])) != nil) == accepted)
    }

    @Test func aVariableSetToNothingIsUnset() throws {
        let environment = ["MAGPIE_PORT": "", "MAGPIE_SMTP_HOST": "", "MAGPIE_HOST": "", "MAGPIE_OPS_PORT": "9500"]
        let settings = try self.settings(environment)
        #expect(settings.port == 8080)
        #expect(settings.host == "127.0.0.1")
        #expect(settings.smtpHost == nil)
        #expect(settings.operationsPort == 9500)
    }

    @Test func testPaymentsAreOffUnlessTurnedOn() throws {
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
            let settings = try self.settings(environment)
            #expect(settings.smtpPassword == "squeamish ossifrage")
        }
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
            try settings(environment)
        }
        #expect(error.map { "\($0)".contains(name) } == true, "\(String(describing: error))")
    }

    // MARK: Ports

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

    /// A client that connects while a shop starts is refused. None is accepted and then disconnected.
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

    private func settings(_ environment: [String: String]) throws -> Settings {
        try Settings(.parse([]), from: ConfigReader(environment: environment))
    }
}

import Foundation
import NIOHTTP1
import SQL
import SQLiteDriver
import Testing

/// Guarantees for operators.
@Suite(.serialized, .shape(.oneProcess)) struct OperationsTests {
    @Test func aCopyAfterACleanStopIsCompleteAndPrivate() async throws {
        try await withFolder { folder in
            // Created by another user, as a mounted volume is.
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
            let shop = try await RunningShop.start(in: folder)
            let order = try await shop.checkout(
                cart: try await shop.filledCart(handle: "cedar-pencils", quantity: 1), key: "copy-1")
            #expect(order.status == 201, "\(order.text)")
            let doctor = try shop.command("doctor")
            #expect(doctor.output.contains("WARN") && doctor.output.contains("chmod"), "\(doctor.output)")
            #expect(shop.stop() == 0)

            let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            for file in files {
                let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
                let permissions = try #require(attributes[.posixPermissions] as? Int)
                #expect(permissions & 0o077 == 0, "\(file.lastPathComponent)")
            }
            let copy = folder.deletingLastPathComponent().appending(path: "copy.sqlite")
            try FileManager.default.copyItem(at: folder.appending(path: "order.sqlite"), to: copy)
            let database = try await SQLiteDatabase.open(path: copy.path)
            let count = try await database.read { tx in
                try tx.query("SELECT COUNT(*) AS n FROM orders").first?.int("n")
            }
            #expect(count == 1)
            try await database.close()
        }
    }

    @Test func theOperationsPageIsOnTheOperationsPortOnly() async throws {
        try await withShop { shop in
            let order = try await shop.checkout(
                cart: try await shop.filledCart(handle: "cedar-pencils", quantity: 1), key: "ops-1")
            #expect(order.status == 201, "\(order.text)")
            let operations = "http://127.0.0.1:\(shop.operationsPort)"
            let page = try await Client.shared.get("\(operations)/ops")
            #expect(page.status == 200 && page.headers.first(name: "Content-Type") == "text/html; charset=utf-8")
            let text = page.text.replacing("<wbr>", with: "")
            let shown = [
                "POST /api/v1/carts/{id}/checkout", "order write", "authorise_payment", "test authorise",
                "order_without_mail", "magpie.orders", "Disk of the data folder",
            ]
            for name in shown { #expect(text.contains(">\(name)</th>"), "\(name)") }
            #expect(try await Client.shared.get("\(operations)/ops/style.css").status == 200)
            for path in ["/ops", "/ops/", "/ops/style.css"] {
                let answer = try await Client.shared.get("http://127.0.0.1:\(shop.port)\(path)")
                #expect(answer.status == 404, "\(path)")
            }
        }
    }

    @Test func twoProcessesDoNotRunOneShop() async throws {
        try await withShop { shop in
            let ports = try ["MAGPIE_PORT": "\(FreePort.next())", "MAGPIE_OPS_PORT": "\(FreePort.next())"]
            let second = try runProgram(
                RunningShop.executable, ["up", "--data", shop.folder.path], environment: ports)
            #expect(second.status == 1 && second.output.contains("another process"), "\(second.output)")
        }
    }

    @Test func oneAllowanceCoversPagesAndAPI() async throws {
        try await withShop(environment: ["MAGPIE_RATE_LIMIT": "on"]) { shop in
            let browser = Browser(shop)
            var status = 0
            for _ in 0..<40 where status != 429 {
                status = try await browser.submit("/account/login", ["email": "a@example.com", "password": "x"])
            }
            #expect(status == 429)
            #expect(browser.page.contains("Please wait"))
            let login = try await shop.api("POST", "/auth/login", #"{"email":"a@example.com","password":"x"}"#)
            #expect(login.status == 429)
            #expect(login.headers.first(name: "Retry-After") != nil)
        }
    }

    /// The proxy adds the client at the end of the header; the client itself wrote the entries before it.
    @Test func failedLogInsElsewhereDoNotLockOutACustomer() async throws {
        try await withShop(arguments: [], environment: ["MAGPIE_TRUSTED_PROXIES": "1"]) { shop in
            let owner = "198.51.100.7"
            let account = #"{"email":"ada@example.com","password":"correct horse battery","name":"Ada"}"#
            let registered = try await shop.api(
                "POST", "/auth/register", headers: ["X-Forwarded-For": owner], account)
            #expect(registered.status == 201, "\(registered.text)")
            let statuses = try await withThrowingTaskGroup(of: Int.self) { tasks in
                for network in 0..<60 {
                    tasks.addTask { try await logIn(shop, "a wrong guess", forwardedFor: "10.0.\(network).1").status }
                }
                return try await tasks.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.filter { $0 == 401 }.count == 50)
            #expect(statuses.filter { $0 == 429 }.count == 10)
            #expect(try await logIn(shop, "correct horse battery", forwardedFor: owner).status == 200)
            let pretender = try await logIn(shop, "correct horse battery", forwardedFor: "\(owner), 10.1.0.1")
            #expect(pretender.status == 429 && pretender.headers.first(name: "Retry-After") != nil)
        }
    }

    @Test func aForgedHeaderDoesNotChangeTheClient() async throws {
        try await withShop(arguments: []) { shop in
            var statuses: [Int] = []
            for number in 1...6 {
                statuses.append(try await logIn(shop, "a wrong guess", forwardedFor: "192.0.\(number).1").status)
            }
            #expect(statuses == [401, 401, 401, 401, 401, 429])
        }
    }

    private func logIn(_ shop: RunningShop, _ password: String, forwardedFor client: String) async throws -> Answer {
        try await shop.api(
            "POST", "/auth/login", headers: ["X-Forwarded-For": client],
            #"{"email":"ada@example.com","password":"\#(password)"}"#)
    }

    @Test func aHugeBodyIsNotReadToItsEnd() async throws {
        try await withShop { shop in
            let connection = try RawConnection(shop)
            connection.send(
                "POST /api/v1/carts HTTP/1.1\r\nHost: s\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 9000000000\r\n\r\n")
            let chunk = [UInt8](repeating: 0x20, count: 65_536)
            let sent = connection.send(chunk, upTo: 1_000)
            #expect(sent < 1_000, "the server continued reading")
        }
    }
}

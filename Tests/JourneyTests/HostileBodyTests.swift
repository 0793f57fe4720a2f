import Foundation
import NIOCore
import Testing

/// Expensive bodies are limited to their sender, by the memory of one process. `make hostile` measures their effect on
/// other clients.
@Suite(.serialized, .shape(.oneProcess)) struct HostileBodyTests {
    private static let numbers = ByteBuffer(
        string: "[" + String(repeating: "1,", count: 524_286) + "1]")

    @Test func aRefusedMebibyteCostsLittleMoreThanARequest() async throws {
        try await withShop { shop in
            func makeCarts(_ count: Int) async throws {
                for _ in 0..<count {
                    let answer = try await shop.api("POST", "/carts", "{}")
                    #expect(answer.status == 201)
                }
            }
            try await makeCarts(20)
            let plain = try await Self.processorTime(of: shop) { try await makeCarts(50) }
            for path in ["/carts", "/auth/login", "/events"] {
                let hostile = try await Self.processorTime(of: shop) {
                    for _ in 0..<50 {
                        let answer = try await Client.shared.send(
                            "POST", "http://127.0.0.1:\(shop.port)/api/v1\(path)",
                            headers: ["Content-Type": "application/json"], bytes: Self.numbers)
                        #expect(answer.status == 413 && answer.code == "body_too_large", "\(path): \(answer.text)")
                    }
                }
                // Parsed, each costs several hundred.
                #expect(hostile < plain * 20, "\(path)")
            }
        }
    }

    @Test func bodiesAnnouncedAsTooLargeAreRefusedUnread() async throws {
        try await withShop { shop in
            for path in ["/api/v1/carts", "/api/v1/auth/login", "/api/v1/carts/cart_x/checkout"] {
                let connection = try RawConnection(shop)
                connection.send(
                    "POST \(path) HTTP/1.1\r\nHost: s\r\nContent-Type: application/json\r\n"
                        + "Idempotency-Key: k\r\nContent-Length: 16385\r\n\r\n")
                connection.finishSending()
                let answer = connection.readAll()
                #expect(answer.hasPrefix("HTTP/1.1 413 ") || answer.hasPrefix("HTTP/1.1 404 "), "\(path): \(answer)")
            }
            let form = try RawConnection(shop)
            form.send(
                "POST /account/login HTTP/1.1\r\nHost: s\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + "Content-Length: 16385\r\n\r\n")
            form.finishSending()
            #expect(form.readAll().hasPrefix("HTTP/1.1 413 "))
        }
    }

    /// Each lacks its last byte.
    @Test func stalledBodiesUseBoundedMemoryAndEnd() async throws {
        try await withShop { shop in
            let body = [UInt8](repeating: 0x20, count: 500_000)
            let before = try Self.memory(of: shop)
            let connections = try (0..<200).map { _ in
                let connection = try RawConnection(shop)
                connection.send(
                    "POST /api/v1/events HTTP/1.1\r\nHost: s\r\nContent-Type: application/json\r\n"
                        + "Connection: close\r\nContent-Length: \(body.count + 1)\r\n\r\n")
                connection.send(body)
                return connection
            }
            // Meanwhile another customer of the same network is served, and so is liveness.
            #expect(try await shop.api("POST", "/carts", "{}").status == 201)
            let live = try await Client.shared.get("http://127.0.0.1:\(shop.operationsPort)/livez")
            #expect(live.status == 200)
            #expect(try Self.memory(of: shop) - before < 70 << 20)
            var statuses: [String: Int] = [:]
            for connection in connections {
                connection.finishSending()
                statuses[String(connection.readAll().dropFirst(9).prefix(3)), default: 0] += 1
            }
            // 8 MiB of them are accepted at once, and the rest refused; later ones may be accepted when others end.
            let (late, refused) = (statuses["400"] ?? 0, statuses["429"] ?? 0)
            #expect(late > 0 && refused >= 100 && late + refused == connections.count, "\(statuses)")
        }
    }

    /// Seconds of processor time of the shop's process during `body`.
    private static func processorTime(of shop: RunningShop, _ body: () async throws -> Void) async throws -> Double {
        let before = try processorTime(of: shop)
        try await body()
        return try processorTime(of: shop) - before
    }

    private static func processorTime(of shop: RunningShop) throws -> Double {
        let text = try String(contentsOfFile: "/proc/\(shop.processID)/stat", encoding: .utf8)
        let fields = try #require(text.split(separator: ")").last).split(separator: " ")
        return (Double(fields[11]) ?? 0) + (Double(fields[12]) ?? 0)
    }

    /// Bytes in memory.
    private static func memory(of shop: RunningShop) throws -> Int {
        let text = try String(contentsOfFile: "/proc/\(shop.processID)/statm", encoding: .utf8)
        return (Int(text.split(separator: " ")[1]) ?? 0) * 4_096
    }
}

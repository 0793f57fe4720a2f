import Foundation
import Testing

/// SIGTERM: running requests are finished, no new ones are accepted, the process ends by itself with status 0.
@Suite(.serialized, .shape(.oneProcess)) struct DrainTests {
    @Test func requestsInFlightAreAnswered() async throws {
        try await withShop { shop in
            let cart = try await shop.filledCart(handle: "cedar-pencils", quantity: 1)
            let body = #"{"payment":{"provider":"test","token":"tok_success"}}"#
            let half = body.utf8.count / 2
            let uploads = try (0..<8).map { index in
                let connection = try RawConnection(shop)
                connection.send(
                    "POST /api/v1/carts/\(cart)/checkout HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nIdempotency-Key: drain-\(index)\r\n"
                        + "Content-Length: \(body.utf8.count)\r\n\r\n" + body.prefix(half))
                return connection
            }
            let idle = try RawConnection(shop)
            idle.send("GET /api/v1/categories HTTP/1.1\r\nHost: shop\r\n\r\n")
            // All eight are accepted when a later request has its response.
            #expect(try await shop.api("GET", "/categories").status == 200)

            shop.terminate()
            try await shop.eventually("nothing new is taken") { (try? RawConnection(shop)) == nil }
            #expect(shop.isRunning)
            for connection in uploads { connection.send(String(body.dropFirst(half))) }
            let answers = uploads.map { $0.readAll() }
            // One cart makes one order; the other seven get the reason.
            #expect(answers.count { $0.hasPrefix("HTTP/1.1 201") } == 1, "\(answers)")
            #expect(answers.allSatisfy { $0.contains("\r\n\r\n{") && $0.hasSuffix("}") }, "\(answers)")
            #expect(idle.readAll().hasPrefix("HTTP/1.1 200"))
            #expect(shop.stop() == 0)
        }
    }

    @Test func noRequestIsInterruptedUnderLoad() async throws {
        try await withShop { shop in
            let tally = Tally()
            await withTaskGroup(of: Void.self) { tasks in
                for _ in 0..<8 {
                    tasks.addTask {
                        // Until connections are refused: one connection for each request, so that none is idle.
                        while let connection = try? RawConnection(shop) {
                            connection.send(
                                "GET /products/stoneware-mug HTTP/1.1\r\nHost: s\r\nConnection: close\r\n\r\n")
                            await tally.note(connection.readAll())
                        }
                    }
                }
                tasks.addTask {
                    while await tally.whole < 50 { await Task.yield() }
                    shop.terminate()
                }
            }
            #expect(await tally.whole >= 50)
            let others = await tally.others
            #expect(others == [], "every accepted connection gets a response")
            #expect(shop.stop() == 0)
        }
    }
}

private actor Tally {
    private(set) var whole = 0
    private(set) var others: [String] = []

    func note(_ answer: String) {
        if answer.hasPrefix("HTTP/1.1 200"), answer.contains("</html>") { whole += 1 } else { others.append(answer) }
    }
}

import Foundation
import Testing

/// A shop without visitors uses little processor time, and handles new work at once.
@Suite(.serialized, .shape(.oneProcess)) struct IdleTests {
    /// Polling every few milliseconds took 4 % of a core and 1,000 switches a second in a debug build; the bounds allow
    /// for slow machines. A start has its own work: one quiet interval of several is enough.
    @Test func anIdleShopUsesLittleProcessorTime() async throws {
        try await withShop { shop in
            var spans: [String] = []
            for _ in 1...4 {
                let before = try Usage(of: shop.processID)
                let seconds = 10.0
                try await Task.sleep(for: .seconds(seconds))  // What is measured.
                let after = try Usage(of: shop.processID)
                let load = (after.processorSeconds - before.processorSeconds) / seconds
                let switches = Double(after.switches - before.switches) / seconds
                if load < 0.03, switches < 250 { return }
                spans.append("\(load * 100) % of a core, \(switches) voluntary context switches a second")
            }
            Issue.record("the shop is never idle: \(spans)")
        }
    }

    @Test func anOrdersEmailIsWrittenAtOnce() async throws {
        try await withShop { shop in
            let mails = shop.folder.appending(path: "outbox-mail").path
            let clock = ContinuousClock()
            var times: [Duration] = []
            for number in 1...5 {
                let cart = try await shop.filledCart(handle: "cedar-pencils", quantity: 1)
                #expect(try await shop.checkout(cart: cart, key: "idle-\(number)").status == 201)
                let start = clock.now
                try await shop.eventually("mail \(number) is written") {
                    try FileManager.default.contentsOfDirectory(atPath: mails).count == number
                }
                times.append(clock.now - start)
            }
            // Three steps wait for a signal; if one had to poll instead, the median would be a second or more.
            #expect(times.sorted()[2] < .milliseconds(700), "\(times)")
        }
    }

    /// Polling finds what a command in another process writes.
    @Test func aCommandBesideTheShopTakesEffect() async throws {
        try await withShop { shop in
            let token = try await shop.administrator()
            func accounts() async throws -> Int? {
                try await shop.api("GET", "/admin/audit?action=account.registered&count=true", token: token).json[
                    "count"
                ].int
            }
            // Two of the demo, which the shop itself has created, and this administrator.
            try await shop.eventually("the audit log has the new account", within: .seconds(8)) {
                try await accounts() == 3
            }
        }
    }
}

/// The resources that a process has used so far: https://man7.org/linux/man-pages/man5/proc.5.html
private struct Usage {
    var processorSeconds: Double
    var switches = 0

    init(of process: Int32) throws {
        let folder = "/proc/\(process)"
        let fields =
            try String(contentsOfFile: folder + "/stat", encoding: .utf8)
            .split(separator: ")").last?.split(separator: " ") ?? []
        let ticks = try [11, 12].map { try #require(Double(fields[$0])) }.reduce(0, +)
        processorSeconds = ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
        for thread in try FileManager.default.contentsOfDirectory(atPath: folder + "/task") {
            let status = (try? String(contentsOfFile: "\(folder)/task/\(thread)/status", encoding: .utf8)) ?? ""
            let line = status.split(separator: "\n").first { $0.hasPrefix("voluntary_ctxt_switches") }
            switches += line?.split(separator: "\t").last.flatMap { Int($0) } ?? 0
        }
    }
}

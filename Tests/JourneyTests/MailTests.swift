import Foundation
import Testing

/// Emails to a real SMTP server: one for each order, also after faults of the shop or the server.
@Suite(.serialized, .shape(.oneProcess)) struct MailTests {
    @Test(.enabled(if: Peer.mayRun, "\(Peer.hint)")) func oneConfirmationAnOrder() async throws {
        let port = try FreePort.next()
        let smtp = ["MAGPIE_SMTP_HOST": "127.0.0.1", "MAGPIE_SMTP_PORT": "\(port)", "MAGPIE_SMTP_TLS": "none"]
        try await withFolder { folder in
            let shop = try await RunningShop.start(in: folder, environment: smtp)
            // Ordered while the mail server is unavailable: the order is placed and its email waits.
            let cart = try await shop.filledCart(handle: "cedar-pencils", quantity: 2)
            let order = try await shop.checkout(cart: cart, key: "mail-1")
            #expect(order.status == 201, "\(order.text)")
            let number = try #require(order.json["number"].string)
            shop.kill()

            try await Peer.withRunning("smtp_server.py", "\(port)") { lines in
                let shop = try await RunningShop.start(in: folder, environment: smtp)
                try await shop.eventually("the mail arrives") { lines.all.count > 1 }
                let mail = lines.all[1]
                #expect(mail["to"][0].string == "guest@example.com")
                #expect(mail["from"].string == "shop@magpie.example")
                #expect(mail["subject"].string?.contains(number) == true)
                for kind in ["text/plain", "text/html"] {
                    let part = try #require(mail["parts"][kind].string)
                    #expect(part.contains("Cedar Pencils"), "\(kind): \(part)")
                }

                // All events again from the beginning: nothing is sent twice.
                #expect(shop.stop() == 0)
                let replay = try shop.command("events", "replay", "--group", "notification-service")
                #expect(replay.status == 0, "\(replay.output)")
                let again = try await RunningShop.start(in: folder, environment: smtp)
                let second = try await again.filledCart(handle: "cedar-pencils", quantity: 1)
                #expect(try await again.checkout(cart: second, key: "mail-2").status == 201)
                try await again.eventually("the second order's mail arrives") { lines.all.count > 2 }
                #expect(again.stop() == 0)
                #expect(lines.all.count == 3, "an email was sent twice")
                #expect(Set(lines.all.dropFirst().compactMap { $0["message_id"].string }).count == 2)
            }
        }
    }

    /// An unknown recipient is a final failure; a refused sender is for the operator to correct.
    @Test(
        .enabled(if: Peer.mayRun, "\(Peer.hint)"),
        arguments: [("shop@magpie.example", 1), ("refused@magpie.example", 0)])
    func onlyEmailsToRefusedRecipientsAreAbandonedAtOnce(sender: String, abandoned: Int) async throws {
        let port = try FreePort.next()
        let smtp = [
            "MAGPIE_SMTP_HOST": "127.0.0.1", "MAGPIE_SMTP_PORT": "\(port)", "MAGPIE_SMTP_TLS": "none",
            "MAGPIE_MAIL_FROM": sender,
        ]
        try await Peer.withRunning("smtp_server.py", "\(port)") { _ in
            try await withShop(environment: smtp) { shop in
                let cart = try await shop.filledCart(handle: "cedar-pencils", quantity: 1)
                let change = #"{"email":"nobody@example.com"}"#
                #expect(try await shop.api("PATCH", "/carts/\(cart)", change).status == 200)
                #expect(try await shop.checkout(cart: cart, key: "mail-1").status == 201)
                try await shop.eventually("the mail was tried") { shop.log.contains("A mail could not be sent") }
                try await shop.eventually("the result is known") {
                    shop.log.contains("A mail was abandoned") == (abandoned > 0)
                }
                #expect(shop.stop() == 0)
                let doctor = try shop.command("doctor")
                #expect(doctor.output.contains("1 mails were abandoned") == (abandoned > 0), "\(doctor.output)")
                #expect(try shop.command("mail", "retry").output.contains("\(abandoned) mails are queued again"))
            }
        }
    }
}

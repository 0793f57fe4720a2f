import Foundation
import Testing

/// Mails to a real SMTP server: one an order, whatever happens to the shop or the server.
@Suite(.serialized) struct MailTests {
    @Test(.enabled(if: Peer.mayRun, "\(Peer.hint)")) func oneConfirmationAnOrder() async throws {
        let port = try FreePort.next()
        let smtp = ["MAGPIE_SMTP_HOST": "127.0.0.1", "MAGPIE_SMTP_PORT": "\(port)", "MAGPIE_SMTP_TLS": "none"]
        try await withFolder { folder in
            let shop = try await RunningShop.start(in: folder, environment: smtp)
            // Ordered while the mail server is away: the order stands and its mail waits.
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

                // Everything again from the beginning: nothing is sent twice.
                #expect(shop.stop() == 0)
                let replay = try shop.command("events", "replay", "--group", "notification-service")
                #expect(replay.status == 0, "\(replay.output)")
                let again = try await RunningShop.start(in: folder, environment: smtp)
                let second = try await again.filledCart(handle: "cedar-pencils", quantity: 1)
                #expect(try await again.checkout(cart: second, key: "mail-2").status == 201)
                try await again.eventually("the second order's mail arrives") { lines.all.count > 2 }
                #expect(again.stop() == 0)
                #expect(lines.all.count == 3, "a mail was sent twice")
                #expect(Set(lines.all.dropFirst().compactMap { $0["message_id"].string }).count == 2)
            }
        }
    }

    /// A recipient that does not exist is final; a sender that is refused is the operator's to put right.
    @Test(
        .enabled(if: Peer.mayRun, "\(Peer.hint)"),
        arguments: [("shop@magpie.example", 1), ("refused@magpie.example", 0)])
    func onlyARefusedRecipientIsGivenUpAtOnce(sender: String, givenUp: Int) async throws {
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
                try await shop.eventually("its fate is known") {
                    shop.log.contains("A mail was abandoned") == (givenUp > 0)
                }
                #expect(shop.stop() == 0)
                let doctor = try shop.command("doctor")
                #expect(doctor.output.contains("1 mails were abandoned") == (givenUp > 0), "\(doctor.output)")
                #expect(try shop.command("mail", "retry").output.contains("\(givenUp) mails are queued again"))
            }
        }
    }
}

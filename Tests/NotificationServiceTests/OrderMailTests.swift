import Commerce
import EventContract
import EventLog
import Foundation
import Identity
import NotificationService
import TestSupport
import Testing

@Suite struct OrderMailTests {
    @Test func aRepeatedEventSendsOneConfirmation() async throws {
        try await withNotifications { shop in
            let event = try placed()
            for _ in 0..<3 { try await shop.service.handle(event) }
            #expect(try await shop.service.deliverQueued() == 1)
            try await shop.service.handle(event)
            #expect(try await shop.service.deliverQueued() == 0)
            let mails = try shop.mails()
            #expect(mails.count == 1)
            #expect(mails[0].contains("Subject: Your order 10042 is confirmed\r\n"))
            #expect(mails[0].contains("To: ada@example.com\r\n"))
            #expect(mails[0].contains("Message-ID: <\(event.id.rawValue)@shop.example>\r\n"))
        }
    }

    /// Lines add up to the subtotal, and the discount is shown below it.
    @Test func aDiscountIsShownOnce() async throws {
        try await withNotifications { shop in
            try await shop.service.handle(placed(discount: 9_800))
            try await shop.service.deliverQueued()
            for part in try parts(of: #require(try shop.mails().first)) {
                #expect(part.contains("2,598.00 USD") && part.contains("98.00 USD") && part.contains("2,505.00 USD"))
                #expect(!part.contains("2,500.00 USD"))
            }
        }
    }

    @Test func bothPartsShowTheWholeOrder() async throws {
        try await withNotifications { shop in
            try await shop.service.handle(placed())
            try await shop.service.deliverQueued()
            let parts = try parts(of: #require(try shop.mails().first))
            #expect(parts.count == 2)
            for part in parts {
                for text in [
                    "10042", "1,299.00 USD", "2,603.00 USD", "5.00 USD", "Zoë Müller", "80331 München",
                    "Bavaria",
                    "https://shop.example/account/orders/ord_1",
                ] {
                    #expect(part.contains(text), "\(text)")
                }
            }
            #expect(parts[0].contains("2 x Tea <b>& \"cups\"</b> (Größe L)"))
            #expect(parts[1].contains("Tea &lt;b&gt;&amp; &quot;cups&quot;&lt;/b&gt;"))
            #expect(!parts[1].contains("<b>"))
        }
    }

    @Test(arguments: [
        "<\u{301}b>\u{301}&\u{301}\"\u{301}'\u{301}", "<\u{20E3}b>\u{20E3}&\u{20E3}\"\u{20E3}'\u{20E3}",
        "\u{600}<b\u{600}>\u{600}&\u{600}\"\u{600}'",
    ])
    func combiningMarksDoNotHideMarkup(title: String) async throws {
        try await withNotifications { shop in
            try await shop.service.handle(placed(title: "Tea" + title))
            try await shop.service.deliverQueued()
            let parts = try parts(of: #require(try shop.mails().first))
            let escaped = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;")].reduce(title)
            {
                $0.replacingOccurrences(of: $1.0, with: $1.1, options: .literal)
            }
            #expect(parts[0].range(of: "Tea" + title, options: .literal) != nil)
            #expect(parts[1].range(of: "Tea" + escaped, options: .literal) != nil)
        }
    }

    @Test func amountsFollowTheirCurrency() async throws {
        for (currency, expected) in [("JPY", "129,900 JPY"), ("KWD", "129.900 KWD"), ("EUR", "1,299.00 EUR")] {
            try await withNotifications { shop in
                try await shop.service.handle(placed(currency: currency))
                try await shop.service.deliverQueued()
                let parts = try parts(of: #require(try shop.mails().first))
                #expect(parts.allSatisfy { $0.contains(expected) })
            }
        }
    }

    @Test func inputNeverBecomesAHeader() async throws {
        try await withNotifications(shopName: "Maß & Möbel\r\nBcc: shop@evil.example") { shop in
            try await shop.service.handle(placed(number: "1\r\nBcc: eve@evil.example\r\n\r\nHello"))
            try await shop.service.handle(placed(number: "2", email: "a@example.com\r\nBcc: eve@evil.example"))
            try await shop.service.deliverQueued()
            let mails = try shop.mails()
            #expect(mails.count == 1)
            let headers = try #require(mails.first).components(separatedBy: "\r\n\r\n")[0].components(
                separatedBy: "\r\n")
            let names = headers.filter { !$0.hasPrefix(" ") }.map { $0.split(separator: ":")[0] }
            #expect(
                names == [
                    "Date", "From", "To", "Subject", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
                ])
            #expect(headers.allSatisfy { $0.utf8.count <= 78 && $0.utf8.allSatisfy { (32...126).contains($0) } })
            #expect(try #require(mails.first).contains("From: =?UTF-8?B?"))
        }
    }

    @Test func linesAreShortASCIIAndEndWithCRLF() async throws {
        try await withNotifications { shop in
            try await shop.service.handle(placed(title: String(repeating: "Größe=", count: 200)))
            try await shop.service.deliverQueued()
            let mail = try #require(try shop.mails().first)
            let lines = mail.components(separatedBy: "\r\n")
            #expect(lines.allSatisfy { $0.utf8.count <= 78 && $0.utf8.allSatisfy { (32...126).contains($0) } })
            #expect(try parts(of: mail).allSatisfy { $0.contains(String(repeating: "Größe=", count: 200)) })
        }
    }

    /// The lifetime of the link starts at the event: a mail composed again is the same.
    @Test func linksInMailsToGuestsOpenTheirOrder() async throws {
        try await withNotifications { shop in
            let fulfilled = OrderFulfilled(orderID: "ord_1", number: "10042")
            let events = [try placed(customer: ""), try wrap(fulfilled)]
            for event in events { try await shop.service.handle(event) }
            #expect(try await shop.service.deliverQueued() == 2)
            for mail in try shop.mails() {
                for part in try parts(of: mail) {
                    let link = try #require(
                        part.firstMatch(of: #/https://shop\.example/orders/ord_1\?token=([\w.-]+)/#))
                    let event = try #require(events.first { mail.contains($0.id.rawValue) })
                    let end = event.time.advanced(by: .seconds(90 * 86_400))
                    let token = String(link.output.1)
                    #expect(links.accepts(token, for: "ord_1", at: end.advanced(by: .seconds(-2))))
                    #expect(!links.accepts(token, for: "ord_1", at: end))
                }
            }
        }
    }

    @Test func laterMailsGoToTheAddressOfTheConfirmation() async throws {
        try await withNotifications { shop in
            let cancelled = OrderCancelled(
                orderID: "ord_1", number: "10042", refunded: EventMoney(260_300, "USD"))
            let fulfilled = OrderFulfilled(orderID: "ord_1", number: "10042", tracking: "<TRACK>")
            var stranger = fulfilled
            stranger.orderID = "ord_2"
            try await shop.service.handle(placed())
            for event in [try wrap(cancelled), try wrap(fulfilled), try wrap(stranger)] {
                try await shop.service.handle(event)
            }
            #expect(try await shop.service.deliverQueued() == 3)
            let texts = try shop.mails().filter { $0.contains("To: ada@example.com\r\n") }.flatMap(parts)
            #expect(texts.contains { $0.contains("We return 2,603.00 USD") })
            #expect(texts.contains { $0.contains("&lt;TRACK&gt;") })
        }
    }
}

/// An order of two units, for 2,603.00 USD in all.
func placed(
    number: String = "10042", customer: String = "cus_1", email: String = "ada@example.com", currency: String = "USD",
    title: String = "Tea <b>& \"cups\"</b>", discount: Int64 = 0
) throws -> Event {
    let line = OrderPlaced.Line(
        title: title, variantTitle: "Größe L", quantity: 2, unitPrice: EventMoney(129_900, currency),
        total: EventMoney(259_800 - discount, currency))
    let address = Address(
        name: "Zoë Müller", line1: "Weg 1", city: "München", region: "BY", postalCode: "80331", country: "DE")
    return try wrap(
        OrderPlaced(
            orderID: "ord_1", number: number, customerID: customer.isEmpty ? nil : customer, email: email,
            lines: [line], subtotal: EventMoney(259_800, currency), discountTotal: EventMoney(discount, currency),
            shippingTotal: EventMoney(500, currency), taxTotal: EventMoney(0, currency),
            total: EventMoney(260_300 - discount, currency), shippingAddress: address))
}

private func wrap(_ payload: some EventPayload) throws -> Event { try Event(payload, source: "order-service") }

/// The decoded parts of a mail: what a mail program would show.
private func parts(of mail: String) throws -> [String] {
    let boundary = try #require(mail.firstMatch(of: /boundary="(.+?)"/)).output.1
    return try mail.components(separatedBy: "\r\n--\(boundary)").dropFirst().dropLast().map { part in
        let body = part.components(separatedBy: "\r\n\r\n").dropFirst().joined(separator: "\r\n\r\n")
        var bytes: [UInt8] = []
        var rest = Substring(body.replacing("=\r\n", with: "")).utf8
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "=") {
                bytes.append(try #require(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)))
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

import Commerce
import Testing

@testable import NotificationService

@Suite struct MailHeaderTests {
    @Test(arguments: [
        ("2026-11-23T10:15:30.999Z", "Mon, 23 Nov 2026 10:15:30 +0000"),
        ("2024-02-29T00:00:00Z", "Thu, 29 Feb 2024 00:00:00 +0000"),
        ("1969-12-31T23:59:59Z", "Wed, 31 Dec 1969 23:59:59 +0000"),
    ])
    func `a date has the form of RFC 5322`(time: String, text: String) throws {
        #expect(MailHeader.date(try #require(Instant(rfc3339: time))) == text)
    }
}

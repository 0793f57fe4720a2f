import Commerce

/// A mail with a text and an HTML part: RFC 5322, RFC 2045, RFC 2046.
struct MIMEMessage {
    var id: EventID
    var date: Instant
    var from: Mailbox
    /// A normalised address.
    var to: String
    var subject: String
    var text: String
    var html: String

    /// Lines ended by CRLF, none longer than 78 characters but for very long addresses.
    var rfc822: String {
        // Cannot occur in a part: quoted-printable never has an underscore after an equals sign.
        let boundary = "=_\(id.rawValue)"
        let domain = from.address.split(separator: "@").last.map(String.init) ?? "localhost"
        let lines = [
            "Date: \(MailHeader.date(date))",
            "From: \(from.header)",
            "To: \(OneLine.text(to))",
            "Subject: \(MailHeader.text(subject))",
            // The same for every attempt: mail systems recognise a mail that comes twice.
            "Message-ID: <\(id.rawValue)@\(domain)>",
            // No "out of office" in return: RFC 3834.
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: multipart/alternative;",
            " boundary=\"\(boundary)\"",
            "",
            "--\(boundary)",
        ]
        return lines.joined(separator: "\r\n") + "\r\n"
            + part("plain", text) + "\r\n--\(boundary)\r\n"
            + part("html", html) + "\r\n--\(boundary)--\r\n"
    }

    private func part(_ subtype: String, _ content: String) -> String {
        """
        Content-Type: text/\(subtype); charset=utf-8\r
        Content-Transfer-Encoding: quoted-printable\r
        \r
        \(QuotedPrintable.encode(content))
        """
    }
}

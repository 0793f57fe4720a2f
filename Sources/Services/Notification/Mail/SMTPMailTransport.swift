import Dispatch

/// Sends mail to an SMTP server through libcurl, one connection a mail.
package struct SMTPMailTransport: MailTransport {
    private let settings: SMTPSettings
    private let queue = DispatchQueue(label: "magpie.mail.smtp")

    package init(settings: SMTPSettings) { self.settings = settings }

    package var longestAttempt: Duration { settings.timeout }

    package func deliver(_ mail: OutgoingMail) async throws {
        let settings = settings
        try await queue.perform { try CURLSession.send(mail, settings) }
    }
}

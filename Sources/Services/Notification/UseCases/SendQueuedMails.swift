import Commerce
import Logging
import SQL
import ServiceKit

/// Sends the queued mails that are due, one after another. A failed attempt is repeated after 15 s, then twice as long
/// each time, at most an hour, for three days in all. A refused recipient is not tried again.
struct SendQueuedMails: Sendable {
    let database: any Database
    let transport: any MailTransport
    let from: String
    /// Which service sends it, for traces.
    let service: String
    let clock: WallClock
    let counter: MailCounter
    let logger: Logger

    /// The first eight delays sum up to an hour, then there is one attempt an hour: three days.
    static let attempts = 80
    /// How long no other sender takes the mail: an attempt, and storing its result.
    private var lease: Duration { transport.longestAttempt + .seconds(30) }

    /// - Returns: How many mails were sent.
    func run() async throws -> Int {
        var sent = 0
        // An attempt is finished and its result stored, also when the process stops: else the mail might be sent twice.
        while !Task.isCancelled, let isSent = try await Task(operation: { try await deliverNext() }).value {
            if isSent { sent += 1 }
        }
        return sent
    }

    /// - Returns: Whether the mail was sent; nil when none is due.
    private func deliverNext() async throws -> Bool? {
        guard let message = try await claim() else { return nil }
        let failure = await failure(of: message)
        let (now, id) = (clock.now(), message.id)
        let delay = Self.delay(after: message.attempts)
        let final = message.attempts >= Self.attempts || failure?.isFinal == true
        try await database.write { tx in
            if failure == nil {
                try MessageTable.markSent(id, at: now, in: tx)
            } else if final {
                try MessageTable.markFailed(id, in: tx)
            } else {
                try MessageTable.postpone(id, until: now.advanced(by: delay), in: tx)
            }
        }
        if failure == nil { counter.countSent(message.kind) }
        if failure != nil, final {
            counter.countFailed(message.kind)
            logger.error(
                "A mail was abandoned: see magpie mail retry",
                metadata: ["event.id": "\(message.eventID)", "attempt": "\(message.attempts)"])
        }
        return failure == nil
    }

    private func claim() async throws -> MessageTable.Claimed? {
        let (now, lease) = (clock.now(), lease)
        guard try await database.read({ tx in try MessageTable.isDue(at: now, in: tx) }) else { return nil }
        return try await database.write { tx in try MessageTable.claim(at: now, lease: lease, in: tx) }
    }

    private func failure(of message: MessageTable.Claimed) async -> MailError? {
        do {
            let mail = OutgoingMail(
                id: message.eventID, sender: from, recipient: message.recipient, rfc822: message.rfc822)
            let trace = TraceContext(traceparent: message.traceparent)
            try await CallContext.current.run(as: .client, "send mail", of: service, after: trace) { _ in
                try await transport.deliver(mail)
            }
            return nil
        } catch {
            logger.warning(
                "A mail could not be sent",
                metadata: ["event.id": "\(message.eventID)", "attempt": "\(message.attempts)", "error": "\(error)"])
            return error as? MailError ?? .unavailable("unknown")
        }
    }

    static func delay(after attempts: Int) -> Duration { .seconds(min(15 << min(attempts - 1, 10), 3_600)) }
}

import Commerce
import NotificationService
import Synchronization

/// Delivers a mail only after `finish()`.
final class SlowTransport: MailTransport {
    let longestAttempt = Duration.seconds(10)
    let begun: AsyncStream<Void>
    private let begin: AsyncStream<Void>.Continuation
    private let end: AsyncStream<Void>
    private let mayEnd: AsyncStream<Void>.Continuation

    init() {
        (begun, begin) = AsyncStream.makeStream()
        (end, mayEnd) = AsyncStream.makeStream()
    }

    func finish() { mayEnd.yield() }

    func deliver(_ mail: OutgoingMail) async throws {
        begin.yield()
        for await _ in end { break }
        try Task.checkCancellation()
    }
}

/// Fails with one error an attempt, then delivers.
final class FlakyTransport: MailTransport {
    private let failures: [MailError]
    private let count = Mutex(0)
    var attempts: Int { count.withLock { $0 } }

    init(failures: [MailError]) { self.failures = failures }

    let longestAttempt = Duration.seconds(10)

    func deliver(_ mail: OutgoingMail) async throws {
        let attempt = count.withLock { count in
            defer { count += 1 }
            return count
        }
        if failures.indices.contains(attempt) { throw failures[attempt] }
    }
}

/// Counts how often each mail is delivered.
final class CountingTransport: MailTransport {
    private let counts = Mutex<[EventID: Int]>([:])
    var deliveries: [EventID: Int] { counts.withLock { $0 } }

    let longestAttempt = Duration.seconds(10)

    func deliver(_ mail: OutgoingMail) async throws {
        counts.withLock { $0[mail.id, default: 0] += 1 }
        await Task.yield()
    }
}

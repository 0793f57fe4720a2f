/// When batches leave, and how long each is tried.
package struct ExportSchedule: Hashable, Sendable {
    /// How long an item waits for a whole batch.
    package var delay: Duration
    /// For one attempt.
    package var timeout: Duration
    /// From the first attempt of a batch to the last.
    package var longestRetry: Duration
    /// For all that waits at a graceful shutdown.
    package var flush: Duration

    package init(
        delay: Duration = .seconds(5), timeout: Duration = .seconds(10), longestRetry: Duration = .seconds(60),
        flush: Duration = .seconds(5)
    ) {
        self.delay = delay
        self.timeout = timeout
        self.longestRetry = longestRetry
        self.flush = flush
    }

    /// Full jitter, from one second, doubled up to half a minute.
    /// https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
    package func pause(after attempt: Int) -> Duration {
        .milliseconds(Int.random(in: 100...min(30_000, 1_000 << min(attempt - 1, 5))))
    }
}

package import FoundationEssentials

/// A point in time in whole milliseconds since 1970-01-01T00:00:00Z; on the wire RFC 3339 in UTC.
package struct Instant: Hashable, Sendable, Comparable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// The system's wall clock.
    package static var now: Instant {
        Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down)))
    }

    package static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

    package func advanced(by duration: Duration) -> Instant {
        Instant(milliseconds: milliseconds + duration.wholeMilliseconds)
    }

    package func duration(to other: Instant) -> Duration { .milliseconds(other.milliseconds - milliseconds) }

    package var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1_000) }

    /// `2026-11-23T10:15:30.123Z`
    package var rfc3339: String {
        // The formatter cuts off what is beyond milliseconds: half a millisecond more keeps binary fractions from
        // falling one short.
        Date(timeIntervalSince1970: (Double(milliseconds) + 0.5) / 1_000)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}

extension Instant: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let instant = try Instant(rfc3339: container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an RFC 3339 timestamp")
        }
        self = instant
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rfc3339)
    }
}

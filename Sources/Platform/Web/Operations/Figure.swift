/// Numbers as a person reads them. What is no number is `unknown`.
enum Figure {
    static let unknown = "unknown"

    /// `1,234`.
    static func count(_ value: Double) -> String {
        guard let whole = Int64(exactly: value.rounded()) else { return unknown }
        var digits = Substring(String(whole.magnitude))
        var groups: [Substring] = []
        while digits.count > 3 {
            groups.insert(digits.suffix(3), at: 0)
            digits.removeLast(3)
        }
        return (whole < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
    }

    /// How often in a second: `0.25`, `12.5`, `1,234`.
    static func rate(_ value: Double) -> String {
        guard value.isFinite else { return unknown }
        if value > 0, value < 0.01 { return "< 0.01" }
        return value < 10 ? fixed(value, 2) : value < 100 ? fixed(value, 1) : count(value)
    }

    /// A part of a whole: `1.5 %`.
    static func share(_ value: Double) -> String {
        guard value.isFinite else { return unknown }
        if value > 0, value < 0.001 { return "< 0.1 %" }
        return (value == 0 ? "0" : fixed(value * 100, 1)) + " %"
    }

    /// A duration: `0.4 ms`, `250 ms`, `2.5 s`, `12 min`, `5 h 10 min`, `3 d 4 h`.
    static func time(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e12 else { return unknown }
        let seconds = max(0, seconds)
        if seconds == 0 { return "0 s" }
        if seconds < 0.01 { return fixed(seconds * 1_000, 1) + " ms" }
        if seconds < 1 { return count(seconds * 1_000) + " ms" }
        if seconds < 10 { return fixed(seconds, 1) + " s" }
        if seconds < 120 { return count(seconds) + " s" }
        let minutes = Int64(seconds / 60)
        if minutes < 120 { return "\(minutes) min" }
        return minutes < 48 * 60
            ? "\(minutes / 60) h \(minutes % 60) min" : "\(minutes / 1_440) d \(minutes / 60 % 24) h"
    }

    /// Bytes by powers of 1024: `12.5 MiB`.
    static func bytes(_ value: Double) -> String {
        guard value.magnitude < 1e18 else { return unknown }
        var (value, unit) = (value, 0)
        let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]
        while value >= 1_024, unit < units.count - 1 {
            value /= 1_024
            unit += 1
        }
        return (unit == 0 ? count(value) : fixed(value, 1)) + " " + units[unit]
    }

    private static func fixed(_ value: Double, _ places: Int) -> String {
        let factor = places == 1 ? 10.0 : 100.0
        guard let scaled = Int64(exactly: (value * factor).rounded()) else { return unknown }
        let fraction = String(scaled.magnitude % UInt64(factor))
        let zeros = String(repeating: "0", count: places - fraction.count)
        return (scaled < 0 ? "-" : "") + String(scaled.magnitude / UInt64(factor)) + "." + zeros + fraction
    }
}

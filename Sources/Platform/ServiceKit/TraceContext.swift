import Synchronization

/// W3C Trace Context: https://www.w3.org/TR/trace-context/
package struct TraceContext: Hashable, Sendable {
    /// 32 lower-case hex digits.
    package var traceID: String
    /// 16 lower-case hex digits.
    package var spanID: String
    /// Whether the span is recorded, so that those that continue it should be too.
    package var sampled: Bool
    /// The `tracestate` header: what other tracers keep about the trace, passed on unchanged; empty for none.
    package var state: String

    /// A trace that nobody records: a tracer that does says so.
    package static func new() -> TraceContext {
        TraceContext(
            traceID: hex(TraceNumbers.next(), TraceNumbers.next()), spanID: hex(TraceNumbers.next()), sampled: false)
    }

    package init(traceID: String, spanID: String, sampled: Bool, state: String = "") {
        self.traceID = traceID
        self.spanID = spanID
        self.sampled = sampled
        self.state = state
    }

    /// Reads a `traceparent` header; nil when malformed.
    ///
    /// - Parameter state: The `tracestate` headers, in their order. They are dropped when they are too long.
    package init?(traceparent: String, state: [String] = []) {
        let parts = traceparent.split(separator: "-", omittingEmptySubsequences: false)
        func isHex(_ text: Substring, _ count: Int) -> Bool {
            text.utf8.count == count && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
        }
        guard parts.count >= 4, parts.count == 4 || parts[0] != "00", isHex(parts[0], 2), parts[0] != "ff",
            isHex(parts[1], 32), isHex(parts[2], 16), isHex(parts[3], 2), parts[1].contains(where: { $0 != "0" }),
            parts[2].contains(where: { $0 != "0" })
        else { return nil }
        self.init(
            traceID: String(parts[1]), spanID: String(parts[2]),
            sampled: UInt8(parts[3], radix: 16).map { $0 & 1 == 1 } ?? false,
            state: Self.bounded(state))
    }

    /// Header lines as one value. Empty when a line is no printable ASCII, or when they are longer than every tracer has
    /// to pass on: https://www.w3.org/TR/trace-context/#tracestate-limits
    private static func bounded(_ lines: [String]) -> String {
        let text = lines.filter { !$0.isEmpty }.joined(separator: ",")
        let isBounded =
            text.utf8.count <= 512 && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
            && text.utf8.count { $0 == UInt8(ascii: ",") } < 32
        return isBounded ? text : ""
    }

    package var traceparent: String { "00-\(traceID)-\(spanID)-\(sampled ? "01" : "00")" }

    /// The same trace with a span of its own.
    package func child() -> TraceContext {
        TraceContext(traceID: traceID, spanID: Self.hex(TraceNumbers.next()), sampled: sampled, state: state)
    }

    /// Sixteen lower-case digits a number.
    private static func hex(_ numbers: UInt64...) -> String {
        String(unsafeUninitializedCapacity: 16 * numbers.count) { buffer in
            for (place, number) in numbers.enumerated() {
                for digit in 0..<16 {
                    let nibble = UInt8(truncatingIfNeeded: number >> UInt64(60 - digit * 4)) & 15
                    buffer[place * 16 + digit] = nibble < 10 ? 48 + nibble : 87 + nibble
                }
            }
            return 16 * numbers.count
        }
    }
}

/// Numbers that are unique rather than secret, without a system call for each: SplitMix64 from a random start.
/// https://doi.org/10.1145/2660193.2660195
private enum TraceNumbers {
    private static let state = Atomic<UInt64>(.random(in: .min ... .max))

    /// Never zero: an id of zeros is invalid.
    static func next() -> UInt64 {
        var mixed = state.wrappingAdd(0x9E37_79B9_7F4A_7C15, ordering: .relaxed).newValue
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return mixed == 0 ? 1 : mixed
    }
}

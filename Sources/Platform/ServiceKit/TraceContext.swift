import Synchronization

/// W3C Trace Context: https://www.w3.org/TR/trace-context/
package struct TraceContext: Hashable, Sendable {
    /// 32 lower-case hex digits.
    package var traceID: String
    /// 16 lower-case hex digits.
    package var spanID: String
    package var sampled: Bool

    package static func new() -> TraceContext {
        TraceContext(
            traceID: hex(TraceNumbers.next(), TraceNumbers.next()), spanID: hex(TraceNumbers.next()), sampled: true)
    }

    package init(traceID: String, spanID: String, sampled: Bool) {
        self.traceID = traceID
        self.spanID = spanID
        self.sampled = sampled
    }

    /// Reads a `traceparent` header; nil when malformed.
    package init?(traceparent: String) {
        let parts = traceparent.split(separator: "-", omittingEmptySubsequences: false)
        func isHex(_ text: Substring, _ count: Int) -> Bool {
            text.utf8.count == count && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
        }
        guard parts.count >= 4, isHex(parts[0], 2), parts[0] != "ff", isHex(parts[1], 32), isHex(parts[2], 16),
            isHex(parts[3], 2), parts[1].contains(where: { $0 != "0" }), parts[2].contains(where: { $0 != "0" })
        else { return nil }
        self.init(
            traceID: String(parts[1]), spanID: String(parts[2]),
            sampled: UInt8(parts[3], radix: 16).map { $0 & 1 == 1 } ?? false)
    }

    package var traceparent: String { "00-\(traceID)-\(spanID)-\(sampled ? "01" : "00")" }

    /// The same trace with a span of its own.
    package func child() -> TraceContext {
        TraceContext(traceID: traceID, spanID: Self.hex(TraceNumbers.next()), sampled: sampled)
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

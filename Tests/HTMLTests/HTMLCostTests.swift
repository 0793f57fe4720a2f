import Foundation
import HTML
import Testing

/// Descriptions come from imported files: their processing takes time in proportion to their length.
@Suite(.serialized) struct HTMLCostTests {
    static let shapes = [
        ("unclosed tags", "<b>"), ("unclosed items", "<ul><li>"), ("closing tags", "</p>"),
        ("opening and other closing tags", "<b></i>"), ("deep nesting", "<blockquote><p>"), ("signs", "<"),
        ("half tags", "<b "), ("attributes", "<a b=c d='e' f>"), ("one tag of many attributes", "x=y "),
        ("entities", "&amp;"), ("half entities", "&am"), ("numeric entities", "&#x41;"), ("comments", "<!-- x -->"),
        ("half comments", "<!--"), ("dropped tags", "<script>"), ("closed dropped tags", "<svg></svg>"),
        ("links", "<a href='https://x.test/&amp;'>y</a>"), ("quotes", "<a href=\""), ("text", "plain words "),
    ]

    @Test(arguments: shapes)
    func eightTimesTheInputTakesNotMuchMoreThanEightTimesTheTime(shape: (name: String, unit: String)) {
        let start = shape.name == "one tag of many attributes" ? "<a " : ""
        func input(_ bytes: Int) -> String {
            start + String(repeating: shape.unit, count: bytes / shape.unit.utf8.count)
        }
        let (short, long) = (input(4_000), input(32_000))
        for (name, work) in [("sanitised", HTMLSanitizer.sanitized), ("plainText", HTMLSanitizer.plainText)] {
            // Linear is 8, quadratic 64.
            let ratio = processorTime { _ = work(long) } / processorTime { _ = work(short) }
            #expect(ratio < 24, "\(name) of \(shape.name)")
        }
    }

    @Test(arguments: shapes)
    func theOutputIsBoundedSafeAndStays(shape: (name: String, unit: String)) {
        let source = String(repeating: shape.unit, count: 5_000)
        let safe = HTMLSanitizer.sanitized(source)
        #expect(safe.utf8.count <= source.utf8.count * 6)
        #expect(HTMLSanitizer.sanitized(safe) == safe)
        #expect(!safe.contains("<script") && !safe.contains("<svg"))
        var (depth, deepest) = (0, 0)
        for tag in safe.split(separator: "<").dropFirst(safe.hasPrefix("<") ? 0 : 1) where !tag.hasPrefix("br") {
            depth += tag.hasPrefix("/") ? -1 : 1
            deepest = max(deepest, depth)
        }
        #expect(depth == 0 && deepest <= 32)
    }

    @Test func textInsideWhatNestsTooDeepStays() {
        let safe = HTMLSanitizer.sanitized(String(repeating: "<em>", count: 40) + "words")
        #expect(safe.hasSuffix("<em>words" + String(repeating: "</em>", count: 32)))
    }

    /// The least of several measurements of this thread's processor time, so that other processes do not count.
    private func processorTime(of work: () -> Void) -> Double {
        (0..<5).map { _ in
            var (begin, end) = (timespec(), timespec())
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin)
            work()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end)
            return Double(end.tv_sec - begin.tv_sec) * 1e9 + Double(end.tv_nsec - begin.tv_nsec)
        }.min() ?? 0
    }
}

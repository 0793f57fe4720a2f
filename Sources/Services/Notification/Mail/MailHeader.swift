import Commerce
import Foundation

/// Header values. They have no line ends except for folding.
enum MailHeader {
    /// Unstructured text, as encoded words when it is not plain ASCII (RFC 2047).
    static func text(_ text: String) -> String {
        let line = OneLine.text(text)
        return isPlain(line) ? line : encodedWords(line)
    }

    /// A display name: a quoted string or encoded words.
    static func phrase(_ text: String) -> String {
        let line = OneLine.text(text)
        guard isPlain(line) else { return encodedWords(line) }
        return "\"" + line.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    /// `Mon, 23 Nov 2026 10:15:30 +0000`
    static func date(_ instant: Instant) -> String {
        let date = CivilDate(instant)
        let time = instant.rfc3339.dropFirst(11).prefix(8)
        return "\(weekdays[date.weekday]), \(date.text.suffix(2)) \(months[Int(date.parts.month) - 1]) "
            + "\(date.text.dropLast(6)) \(time) +0000"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static func isPlain(_ line: String) -> Bool {
        line.utf8.count <= 60 && line.utf8.allSatisfy { (32...126).contains($0) } && !line.contains("=?")
    }

    /// Base64 words of at most 52 characters, whole Unicode scalars in each: a line may have 76, name and all.
    private static func encodedWords(_ line: String) -> String {
        var words: [String] = []
        var chunk = ""
        func flush() {
            guard !chunk.isEmpty else { return }
            words.append("=?UTF-8?B?\(Data(chunk.utf8).base64EncodedString())?=")
            chunk = ""
        }
        for scalar in line.unicodeScalars {
            if chunk.utf8.count + UTF8.width(scalar) > 30 { flush() }
            chunk.unicodeScalars.append(scalar)
        }
        flush()
        return words.joined(separator: "\r\n ")
    }
}

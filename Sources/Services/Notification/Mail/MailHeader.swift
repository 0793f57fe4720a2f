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
        let days = Int((Double(instant.milliseconds) / 86_400_000).rounded(.down))
        // 1970-01-01 was a Thursday.
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][((days % 7) + 7) % 7]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let parts = instant.rfc3339.prefix(19).split { "-T".contains($0) }
        guard parts.count == 4, let month = Int(parts[1]), months.indices.contains(month - 1) else { return "" }
        return "\(weekday), \(parts[2]) \(months[month - 1]) \(parts[0]) \(parts[3]) +0000"
    }

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

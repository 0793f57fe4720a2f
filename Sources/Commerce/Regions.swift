import Foundation
import Synchronization

/// A state, province or other region of a country.
package struct Region: Hashable, Sendable {
    /// ISO 3166-2 without the country: `CA` of `US-CA`.
    package var code: String
    /// In English.
    package var name: String
}

/// The regions of one country, and what people write for them.
package struct Regions: Sendable {
    /// ISO 3166-1 alpha-2.
    package let country: String
    /// In the order of their names.
    package let all: [Region]
    private let codes: [String: String]

    /// Nil for a country without regions.
    package static func of(_ country: String) -> Regions? {
        known.withLock { known in
            if let regions = known[country] { return regions }
            guard let line = lines[country] else { return nil }
            let regions = Regions(country, line)
            known[country] = regions
            return regions
        }
    }

    /// The code of what somebody wrote: a code, with or without the country, or a name, without regard to case,
    /// accents, spaces and punctuation. Nil when it is no region of this country.
    package func code(for text: String) -> String? {
        if all.contains(where: { $0.code == text }) { return text }
        guard text.unicodeScalars.count <= 200 else { return nil }
        let folded = Self.folded(text)
        if let code = codes[folded] { return code }
        // As the standard writes them, with the country: US-CA.
        let rest = folded.dropFirst(country.count)
        guard folded.hasPrefix(country.lowercased()), let code = codes[String(rest)], code.lowercased() == rest else {
            return nil
        }
        return code
    }

    package func name(of code: String) -> String? { all.first { $0.code == code }?.name }

    private init(_ country: String, _ line: Substring) {
        var regions: [Region] = []
        var codes: [String: String] = [:]
        var ambiguous: Set<String> = []
        let entries = line.split(separator: ";").map { $0.split(separator: "=", maxSplits: 1) }
        for entry in entries where entry.count == 2 {
            let code = String(entry[0])
            let names = entry[1].split(separator: "|").map(String.init)
            regions.append(Region(code: code, name: names.first ?? code))
            for name in Set(names.map(Self.folded)) {
                if codes.updateValue(code, forKey: name) != nil { ambiguous.insert(name) }
            }
        }
        for name in ambiguous { codes[name] = nil }
        // A code means its own region, even when it is the name of another.
        for region in regions { codes[Self.folded(region.code)] = region.code }
        self.country = country
        self.all = regions
        self.codes = codes
    }

    /// Letters and digits only, without case and accents.
    private static func folded(_ text: String) -> String {
        let plain = text.replacing("&", with: "and")
            .folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
        return String(
            String.UnicodeScalarView(
                plain.unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }))
    }

    private static let lines = Dictionary(
        regionTexts.split(separator: "\n").map { (String($0.prefix(2)), $0.dropFirst(3)) },
        uniquingKeysWith: { first, _ in first })
    private static let known = Mutex<[String: Regions]>([:])
}

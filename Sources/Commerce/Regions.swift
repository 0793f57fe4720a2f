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
        // A code is what it is, whatever has it for a name.
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

extension Address {
    /// The region as its ISO code; nil when it is missing or none of the country's.
    package var regionCode: String? {
        region.flatMap { text in Regions.of(country)?.code(for: text) }
    }

    /// Why tax and the like cannot be decided by the region; nil when it is known, or the country has none.
    package var regionProblem: Problem? {
        guard let regions = Regions.of(country), regionCode == nil else { return nil }
        let example = regions.all.first { $0.code == "CA" } ?? regions.all.first
        let hint = example.map { ", such as \($0.code) for \($0.name)" } ?? ""
        return (region ?? "").allSatisfy(\.isWhitespace)
            ? ("region", "required", "must name the state or region by its ISO 3166-2 code or its name\(hint)")
            : ("region", "unknown_region", "is no region of \(country): give its ISO 3166-2 code or its name\(hint)")
    }

    /// The address with its region as ISO code, when it is in one of these countries and the region is known.
    package func withRegionCode(in countries: [String]) -> Address {
        guard countries.contains(country), let code = regionCode else { return self }
        var address = self
        address.region = code
        return address
    }

    /// The region as it stands on parcels; nil when there is none.
    package var regionText: String? { region.flatMap { Regions.text($0, in: country) } }
}

extension Regions {
    /// A region as it stands on parcels: its code where that is the custom, else its name; nil when it is blank.
    package static func text(_ region: String, in country: String) -> String? {
        if region.allSatisfy(\.isWhitespace) { return nil }
        let regions = Regions.of(country)
        if writesCodes.contains(country) { return regions?.code(for: region) ?? region }
        return regions?.name(of: region) ?? region
    }

    private static let writesCodes: Set = ["AU", "BR", "CA", "IT", "US"]
}

import Commerce
import Foundation

/// Countries by their English names.
enum CountryNames {
    /// Every country by its English name, in the order of the names.
    static let all: [(code: String, name: String)] = Countries.codes.map { ($0, name(of: $0)) }.sorted {
        $0.name < $1.name
    }

    static func name(of code: String) -> String { english.localizedString(forRegionCode: code) ?? code }

    private static let english = Locale(identifier: "en_US")
}

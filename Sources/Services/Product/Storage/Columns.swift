import ProductContract
import ServiceKit

/// How lists are stored in one column.
enum Columns {
    /// Parts joined by the ASCII unit separator, which no stored text contains.
    static func list(_ text: String) -> [String] {
        text.isEmpty ? [] : text.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
    }

    static func text(_ list: [String]) -> String { list.joined(separator: "\u{1F}") }

    static func images(_ json: String) throws -> [Product.Image] {
        json == "[]" ? [] : try JSON.decode([Product.Image].self, from: json)
    }

    static func text(_ images: [Product.Image]) throws -> String {
        images.isEmpty ? "[]" : try JSON.text(images)
    }
}

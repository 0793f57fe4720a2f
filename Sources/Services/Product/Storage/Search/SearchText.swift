import Foundation

/// The words of what a customer typed into the search box.
enum SearchText {
    /// Longer searches are cut: nobody types more words than this.
    private static let mostWords = 16

    /// Runs of letters and digits in lower case, with their marks; punctuation, quotes and operators separate them. By
    /// scalars: there are letters that make one character of themselves and the quote after them.
    static func words(_ text: String) -> [String] {
        let words = text.lowercased().unicodeScalars.split { !isInWord($0) && !isMark($0) }
        return words.filter { $0.contains(where: isInWord) }.prefix(mostWords).map {
            String(String.UnicodeScalarView($0))
        }
    }

    private static func isInWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    /// The text's words in lower case and without accents, letters and digits only.
    static func folded(_ text: String) -> [String] {
        let scalars = text.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars
            .filter { $0.properties.generalCategory != .nonspacingMark }
        let words = scalars.split { !isInWord($0) }
        return words.map { String(String.UnicodeScalarView($0)) }
    }

    /// The word and its likely English singulars and plurals.
    static func forms(_ word: String) -> [String] {
        guard word.count > 2, word.allSatisfy({ $0.isASCII && $0.isLetter }) else { return [word] }
        if word.hasSuffix("ies"), word.count > 4 { return [word, word.dropLast(3) + "y"] }
        if word.hasSuffix("ses") || word.hasSuffix("xes") || word.hasSuffix("shes") || word.hasSuffix("ches") {
            return [word, String(word.dropLast(2)), String(word.dropLast())]
        }
        if word.hasSuffix("s"), !word.hasSuffix("ss"), word.count > 3 { return [word, String(word.dropLast())] }
        return [word, word + "s"]
    }

    /// How an engine writes a search.
    struct Notation {
        var quote: String
        /// Behind a word's quotes.
        var suffix = ""
        /// Behind the last word's quotes instead: anything may follow it.
        var prefix: String
        var or: String
        var and: String
    }

    /// Every word in one of its forms, the last one as a prefix too; nil without a word.
    static func expression(_ words: [String], _ notation: Notation) -> String? {
        guard let last = words.indices.last else { return nil }
        return words.indices.map { index in
            // Words hold only letters, digits and marks; in quotes none of them is an operator.
            let forms = SearchText.forms(words[index]).enumerated().map { place, form in
                let end = index == last && place == 0 ? notation.prefix : notation.suffix
                return notation.quote + form + notation.quote + end
            }
            return "(" + forms.joined(separator: notation.or) + ")"
        }.joined(separator: notation.and)
    }
}

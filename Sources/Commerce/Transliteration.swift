import Foundation

/// Text in the characters of a handle: lower-case letters a to z, digits, and hyphens between words.
package struct Transliteration: Hashable, Sendable {
    /// How letters other than a to z are spelled. Handles that exist were made by these rules: changing one would give
    /// the same name another handle.
    package enum Alphabet: Sendable {
        /// Every Latin letter by its base letter: `ä` becomes `a`, as `ồ` becomes `o`.
        case baseLetters
        /// The usual European letters, umlauts as two: `ä` becomes `ae`. A letter that is not among them is lost.
        case europeanSpelling
    }

    /// Empty when nothing of the text can be spelled.
    package private(set) var handle = ""
    /// Whether no letter of the text was lost.
    package private(set) var isComplete = true
    /// The text in lower-case letters, however its letters were composed. A digest of it tells apart what is spelled alike.
    package let original: String

    package init(_ text: String, _ alphabet: Alphabet) {
        original = text.lowercased().precomposedStringWithCanonicalMapping
        for character in alphabet.characters(of: original) {
            if character.isASCII, character.isLetter || character.isNumber {
                handle.append(character)
            } else if let spelling = alphabet.spellings[character] {
                handle += spelling
            } else if !alphabet.isSilent(character) {
                if alphabet.isLost(character) { isComplete = false }
                if !handle.isEmpty, handle.last != "-" { handle.append("-") }
            }
        }
        while handle.last == "-" { handle.removeLast() }
    }
}

extension Transliteration.Alphabet {
    fileprivate func characters(of text: String) -> [Character] {
        switch self {
        case .baseLetters: text.decomposedStringWithCanonicalMapping.unicodeScalars.map(Character.init)
        case .europeanSpelling: Array(text)
        }
    }

    fileprivate var spellings: [Character: String] {
        switch self {
        case .baseLetters: Self.undecomposed
        case .europeanSpelling: Self.european
        }
    }

    /// Whether the character leaves no gap between its neighbours.
    fileprivate func isSilent(_ character: Character) -> Bool {
        switch self {
        case .baseLetters: Self.isApostrophe(character) || Self.isMark(character)
        case .europeanSpelling: Self.isApostrophe(character)
        }
    }

    private static func isApostrophe(_ character: Character) -> Bool { character == "'" || character == "’" }

    private static func isMark(_ character: Character) -> Bool {
        character.unicodeScalars.allSatisfy { $0.properties.generalCategory == .nonspacingMark }
    }

    /// Whether a character that has no spelling is one that a reader would miss.
    fileprivate func isLost(_ character: Character) -> Bool {
        switch self {
        case .baseLetters: character.isLetter || character.unicodeScalars.contains { $0.properties.numericType != nil }
        case .europeanSpelling: character.isLetter
        }
    }

    /// Latin letters that Unicode does not take apart.
    private static let undecomposed: [Character: String] = [
        "đ": "d", "ð": "d", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ı": "i", "ħ": "h",
        "ŋ": "n",
    ]

    private static let european: [Character: String] = {
        let groups = [
            "a": "àáâãåāăą", "c": "çćč", "d": "ďđð", "e": "èéêëēėęě", "g": "ğģ", "i": "ìíîïīįı", "k": "ķ", "l": "łļľ",
            "n": "ñńňņ", "o": "òóôõøōő", "r": "řŕ", "s": "śšşș", "t": "ťţț", "u": "ùúûūůųű", "y": "ýÿ", "z": "źżž",
            "ae": "äæ", "oe": "öœ", "ue": "ü", "ss": "ß", "th": "þ",
        ]
        var table: [Character: String] = [:]
        for (spelling, letters) in groups { for letter in letters { table[letter] = spelling } }
        return table
    }()
}

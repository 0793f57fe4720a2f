import Commerce
import Testing

@Suite struct TransliterationTests {
    @Test(
        arguments: [
            ("Home & Garden", "home-garden", "home-garden"), ("Don't", "dont", "dont"),
            ("Käse für Öl", "kaese-fuer-oel", "kase-fur-ol"), ("Straße", "strasse", "strasse"),
            ("Łódź ı Þing", "lodz-i-thing", "lodz-i-thing"), (" --a  b-- ", "a-b", "a-b"), ("!", "", ""),
        ])
    func usualLettersAreSpelled(_ text: String, _ european: String, _ base: String) {
        let (names, handles) = (Transliteration(text, .europeanSpelling), Transliteration(text, .baseLetters))
        #expect(names.handle == european && names.isComplete)
        #expect(handles.handle == base && handles.isComplete)
    }

    /// Only base letters know every Latin letter; neither spells other scripts.
    @Test(
        arguments: [
            ("khay gỗ sồi", "khay-g-s-i", false, "khay-go-soi", true), ("木の皿", "", false, "", false),
            ("tray 木", "tray", false, "tray", false), ("5 ²", "5", true, "5", false),
        ])
    func otherLettersAreLost(
        _ text: String, _ european: String, _ isEuropean: Bool, _ base: String, _ isBase: Bool
    ) {
        let (names, handles) = (Transliteration(text, .europeanSpelling), Transliteration(text, .baseLetters))
        #expect(names.handle == european && names.isComplete == isEuropean)
        #expect(handles.handle == base && handles.isComplete == isBase)
    }

    @Test(arguments: [Transliteration.Alphabet.europeanSpelling, .baseLetters])
    func capitalsAndCompositionMakeNoDifference(_ alphabet: Transliteration.Alphabet) {
        let composed = Transliteration("Caf\u{E9}", alphabet)
        #expect(composed == Transliteration("CAFE\u{301}", alphabet) && composed.original == "caf\u{E9}")
        #expect(composed.original.unicodeScalars.elementsEqual("caf\u{E9}".unicodeScalars))
    }

    @Test(
        arguments: [
            ("a", true), ("a-1", true), ("0", true), (String(repeating: "a", count: 121), true), ("", false),
            ("-a", false), ("A", false), ("a b", false), ("é", false), (String(repeating: "a", count: 122), false),
        ])
    func handlesAreSmallLettersDigitsAndHyphens(_ text: String, _ isValid: Bool) {
        #expect(Handle.isValid(text) == isValid)
    }
}

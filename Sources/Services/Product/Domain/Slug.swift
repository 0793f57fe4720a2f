import Commerce
import ServiceKit

/// Handles made from names: `Home & Garden` becomes `home-garden`.
enum Slug {
    /// The handle for a name. Where letters have no Latin ones to stand for them the name's digest does, so that names
    /// which differ in those alone get handles of their own.
    static func of(_ name: String) -> String {
        let spelling = Transliteration(name, .europeanSpelling)
        var slug = String(spelling.handle.prefix(Handle.maximumLength))
        while slug.last == "-" { slug.removeLast() }
        if slug.isEmpty { return "c-" + ContentHash.of([name]).prefix(12) }
        guard !spelling.isComplete else { return slug }
        return slug.prefix(Handle.maximumLength - 9) + "-" + ContentHash.of([spelling.original]).prefix(8)
    }

    /// `mug` as `mug-2`, no longer than a handle may be.
    static func numbered(_ handle: String, _ number: Int) -> String {
        handle.prefix(Handle.maximumLength - 7) + "-\(number)"
    }
}

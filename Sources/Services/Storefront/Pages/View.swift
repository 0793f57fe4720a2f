import Mustache

/// What a template shows. Empty text and empty lists count as absent.
enum View: Sendable {
    case text(String)
    case flag(Bool)
    case list([View])
    case object([String: View])
    case nothing

    /// The text of a member.
    func text(_ name: String) -> String? {
        guard case .object(let members) = self, case .text(let text)? = members[name] else { return nil }
        return text
    }

    init(_ text: String?) { self = text.map(View.text) ?? .nothing }
}

extension View: ExpressibleByStringInterpolation, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .text(value) }
    init(booleanLiteral value: Bool) { self = .flag(value) }
    init(arrayLiteral elements: View...) { self = .list(elements) }
    init(dictionaryLiteral elements: (String, View)...) {
        self = .object(Dictionary(elements) { _, last in last })
    }
}

extension View: MustacheParent, MustacheCustomRepresentation {
    func child(named name: String) -> Any? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    var representation: Any? {
        switch self {
        case .text(let text): text.isEmpty ? nil : text
        case .flag(let flag): flag
        case .list(let list): list
        case .object(let members): members
        case .nothing: nil
        }
    }
}

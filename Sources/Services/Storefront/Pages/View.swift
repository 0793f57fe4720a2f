import Foundation
import HTML
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

/// The templates, compiled once.
struct Templates: Sendable {
    private let library: MustacheLibrary

    init(folder: URL) throws {
        var library = MustacheLibrary()
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        where file.pathExtension == "mustache" {
            library.register(
                try HTMLTemplate.compiled(String(contentsOf: file, encoding: .utf8)),
                named: file.deletingPathExtension().lastPathComponent)
        }
        guard library.getTemplate(named: "top") != nil else { throw Resources.Missing(name: "templates") }
        self.library = library
    }

    /// Every value is HTML-escaped, save where the template has three braces.
    func render(_ name: String, _ view: [String: View]) -> String { library.render(view, withTemplate: name) ?? "" }
}

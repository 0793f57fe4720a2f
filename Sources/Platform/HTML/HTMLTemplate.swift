package import Mustache

/// Compiles Mustache templates that escape with ``HTMLText``: the library's own escaping looks at characters, and lets
/// a quote with a combining mark through.
package enum HTMLTemplate {
    private struct ContentType: MustacheContentType {
        func escapeText(_ text: String) -> String { HTMLText.escaped(text) }
    }
    private static let name: String = {
        MustacheContentTypes.register(ContentType(), named: "MAGPIE_HTML")
        return "MAGPIE_HTML"
    }()

    /// Partials must be compiled here too: every template starts with the library's own escaping.
    ///
    /// Throws when the template is malformed.
    package static func compiled(_ text: String) throws -> MustacheTemplate {
        try MustacheTemplate(string: "{{% CONTENT_TYPE:\(name)}}\n" + text)
    }
}

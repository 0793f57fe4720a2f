import Foundation
import HTML
import Mustache

/// The templates of this module, read once at the start: a missing or malformed one stops the start, not a mail.
enum Templates {
    static let names = [
        "layout.html", "order_placed.html", "order_placed.txt", "order_cancelled.html", "order_cancelled.txt",
        "order_fulfilled.html", "order_fulfilled.txt",
    ]

    static func library() throws -> MustacheLibrary {
        var templates: [String: MustacheTemplate] = [:]
        for name in names {
            let file = Bundle.module.url(forResource: name, withExtension: "mustache", subdirectory: "Resources")
            guard let file else { throw MailError.template(name) }
            templates[name] = try HTMLTemplate.compiled(String(contentsOf: file, encoding: .utf8))
        }
        return MustacheLibrary(templates: templates)
    }
}

package import Foundation
import Mustache

/// The Mustache templates of a folder, compiled once: a malformed or missing one stops the start of a process, not the
/// page or the mail that needs it.
package struct TemplateLibrary: Sendable {
    package struct Missing: Error, Hashable, CustomStringConvertible {
        package var name: String

        package init(name: String) { self.name = name }

        package var description: String { "There is no template \(name)." }
    }

    private let library: MustacheLibrary

    /// Compiles every `*.mustache` of the folder, under its name without the extension.
    ///
    /// - Parameter names: What must be among them. Throws ``Missing`` when one is not.
    package init(folder: URL, requiring names: [String]) throws {
        var library = MustacheLibrary()
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        where file.pathExtension == "mustache" {
            library.register(
                try HTMLTemplate.compiled(String(contentsOf: file, encoding: .utf8)),
                named: file.deletingPathExtension().lastPathComponent)
        }
        for name in names where library.getTemplate(named: name) == nil { throw Missing(name: name) }
        self.library = library
    }

    /// Every value is HTML-escaped, save where the template has three braces. Empty when there is no such template.
    package func render(_ name: String, _ value: Any) -> String { library.render(value, withTemplate: name) ?? "" }
}

import Foundation
import HTML
import Mustache

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

import Foundation
import HTML
import TestSupport
import Testing

@Suite struct TemplateLibraryTests {
    @Test func `templates of a folder are compiled with their partials`() async throws {
        try await withTemporaryFolder { folder in
            try "Hello {{> name}}!".write(to: folder.appending(path: "top.mustache"), atomically: true, encoding: .utf8)
            try "<b>{{name}}</b>".write(to: folder.appending(path: "name.mustache"), atomically: true, encoding: .utf8)
            let templates = try TemplateLibrary(folder: folder, requiring: ["top", "name"])
            #expect(templates.render("top", ["name": "<Ada>"]) == "Hello <b>&lt;Ada&gt;</b>!")
            #expect(throws: TemplateLibrary.Missing(name: "mail")) {
                try TemplateLibrary(folder: folder, requiring: ["top", "mail"])
            }
        }
    }

    @Test func `a malformed template is found at the start`() async throws {
        try await withTemporaryFolder { folder in
            try "{{#open}}".write(to: folder.appending(path: "top.mustache"), atomically: true, encoding: .utf8)
            #expect(throws: (any Error).self) { try TemplateLibrary(folder: folder, requiring: []) }
        }
    }
}

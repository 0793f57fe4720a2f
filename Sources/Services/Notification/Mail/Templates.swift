import Foundation
import HTML

/// The templates of this module.
enum Templates {
    private static let names = [
        "layout.html", "order_placed.html", "order_placed.txt", "order_cancelled.html", "order_cancelled.txt",
        "order_fulfilled.html", "order_fulfilled.txt",
    ]

    static func library() throws -> TemplateLibrary {
        try TemplateLibrary(folder: Bundle.module.bundleURL.appending(path: "Resources"), requiring: names)
    }
}

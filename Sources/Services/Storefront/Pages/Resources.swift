import Foundation
import HTML

/// The folder of this module's templates and assets.
enum Resources {
    struct Missing: Error { let name: String }

    static func folder() throws -> URL {
        // Not `resourceURL`: on Linux Foundation takes the folder `Resources` for the root of an old-style bundle.
        let url = Bundle.module.bundleURL.appending(path: "Resources")
        guard FileManager.default.fileExists(atPath: url.path()) else { throw Missing(name: "Resources") }
        return url
    }

    /// Throws when one of them is malformed or the frame of all pages is missing.
    static func templates() throws -> TemplateLibrary {
        try TemplateLibrary(folder: folder().appending(path: "templates"), requiring: ["top"])
    }
}

import Foundation

extension DataFolder {
    /// How far the demo has come in this folder.
    enum Demo { case absent, unfinished, complete }

    private var unfinishedDemo: URL { root.appending(path: "demo-unfinished") }
    private var completeDemo: URL { root.appending(path: "demo-complete") }

    var demo: Demo {
        func exists(_ file: URL) -> Bool { FileManager.default.fileExists(atPath: file.path) }
        return exists(unfinishedDemo) ? .unfinished : exists(completeDemo) ? .complete : .absent
    }

    /// Marks the folder before anything of the demo is in it: after a crash the rest is made up for.
    func beginDemo() throws { try Data().write(to: unfinishedDemo) }

    func finishDemo() throws {
        try Data().write(to: completeDemo)
        try FileManager.default.removeItem(at: unfinishedDemo)
    }
}

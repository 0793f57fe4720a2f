import ArgumentParser
import Commerce
import Foundation

struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copies the data folder as it is at one instant, whether or not the shop runs.",
        discussion:
            "The copy is a data folder itself: `magpie up --data DIR` starts it, `magpie restore DIR` copies it back.")
    @Argument(help: "The folder to copy to: new, or empty.") var folder: String
    @OptionGroup var options: Settings.Options

    func run() throws {
        let data = try dataFolder(of: options)
        let instant = try copy(data, to: DataFolder(URL(filePath: folder, directoryHint: .isDirectory)))
        Console.say("\(folder) holds the shop as it was at \(instant.rfc3339).")
    }
}

struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copies a backup into a new or empty data folder.",
        discussion:
            "Start the shop then. Move the data folder that the backup replaces aside before: nothing is overwritten.")
    @Argument(help: "The backup's folder.") var folder: String
    @OptionGroup var options: Settings.Options

    func run() throws {
        let data = try dataFolder(of: options)
        _ = try copy(DataFolder(URL(filePath: folder, directoryHint: .isDirectory)), to: data)
        Console.say("\(data.root.path) holds the shop of \(folder).")
    }
}

/// Throws `Fault` when some of the shop's data lies on servers.
private func dataFolder(of options: Settings.Options) throws -> DataFolder {
    let settings = try Settings(options)
    let engines = settings.engines
    guard engines.database == nil, engines.redis == nil, engines.kafka == nil else {
        throw Fault("this shop's data lies on servers (MAGPIE_DATABASE_URL …): see docs/running.md for their backup")
    }
    return DataFolder(settings.data)
}

/// - Returns: The instant whose state the copy has.
private func copy(_ source: DataFolder, to target: DataFolder) throws -> Instant {
    let megabyte = 1_048_576
    var shown = 0
    return try FolderCopy(source: source, target: target).run { done, total in
        guard done / megabyte != shown else { return }
        shown = done / megabyte
        Console.progress("Megabytes", shown, of: total / megabyte)
    }
}

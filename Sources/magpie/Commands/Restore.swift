import ArgumentParser
import Foundation

struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copies a backup into a new or empty data folder.",
        discussion:
            "Start the shop then. Move the data folder that the backup replaces aside before: nothing is overwritten.")
    @Argument(help: "The backup's folder.") var folder: String
    @OptionGroup var options: Settings.Options

    func run() throws {
        let data = try DataFolder(commandOptions: options)
        _ = try FolderCopy.withProgress(DataFolder(URL(filePath: folder, directoryHint: .isDirectory)), to: data)
        Console.say("\(data.root.path) holds the shop of \(folder).")
    }
}

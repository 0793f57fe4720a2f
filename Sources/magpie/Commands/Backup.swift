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
        let data = try DataFolder(commandOptions: options)
        let instant = try FolderCopy.withProgress(
            data, to: DataFolder(URL(filePath: folder, directoryHint: .isDirectory)))
        Console.say("\(folder) holds the shop as it was at \(instant.rfc3339).")
        do {
            try data.note(backupOf: instant)
        } catch {
            // On a full disk, for example: the copy, which is whole, matters more than the alert about its age.
            Console.complain("this backup cannot be noted in \(data.root.path), so its metric does not show it")
        }
    }
}

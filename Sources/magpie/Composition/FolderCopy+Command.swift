import Commerce

extension DataFolder {
    /// The folder that a command copies. Throws `Fault` when some of the shop's data lies on servers.
    init(commandOptions options: Settings.Options) throws {
        let settings = try Settings(options)
        let backends = settings.backends
        guard backends.database == nil, backends.redis == nil, backends.kafka == nil else {
            throw Fault(
                "this shop's data lies on servers (MAGPIE_DATABASE_URL …): see docs/running.md for their backup")
        }
        self.init(settings.data)
    }
}

extension FolderCopy {
    /// Shows at the terminal how far it is.
    ///
    /// - Returns: The instant whose state the copy has.
    static func withProgress(_ source: DataFolder, to target: DataFolder) throws -> Instant {
        let megabyte = 1_048_576
        var shown = 0
        return try FolderCopy(source: source, target: target).run { done, total in
            guard done / megabyte != shown else { return }
            shown = done / megabyte
            Console.progress("Megabytes", shown, of: total / megabyte)
        }
    }
}

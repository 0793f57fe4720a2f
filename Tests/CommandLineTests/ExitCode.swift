import ArgumentParser

@testable import magpie

/// What a shell would see of a command.
func exitCode(_ arguments: [String]) async -> Int32 {
    do {
        var command = try Magpie.parseAsRoot(arguments)
        if var command = command as? any AsyncParsableCommand {
            try await command.run()
        } else {
            try command.run()
        }
        return 0
    } catch {
        return Magpie.exitCode(for: error).rawValue
    }
}

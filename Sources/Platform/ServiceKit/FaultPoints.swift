import FoundationEssentials

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Points at which tests crash the process.
package struct FaultPoints: Sendable {
    private let action: (@Sendable (String) throws -> Void)?

    /// - Parameter action: May throw `SimulatedCrash`, after which nothing more is done for the request.
    package init(_ action: @escaping @Sendable (String) throws -> Void) { self.action = action }
    private init() { action = nil }

    package static let none = FaultPoints()

    /// The first process to reach a point for which the folder `MAGPIE_FAULT_FOLDER` holds a file of that name removes the
    /// file and crashes by SIGKILL. `none` when the variable is not set.
    package static let environment: FaultPoints = {
        guard let folder = environmentFolder else { return .none }
        return FaultPoints { name in
            if unlink("\(folder)/\(name)") == 0 { kill(getpid(), SIGKILL) }
        }
    }()

    /// The folder of ``environment``; nil when no crashes are requested.
    package static let environmentFolder: String? = ProcessInfo.processInfo.environment["MAGPIE_FAULT_FOLDER"]
        .flatMap { $0.isEmpty ? nil : $0 }

    package func reach(_ name: @autoclosure () -> String) throws {
        guard let action else { return }
        try action(name())
    }
}

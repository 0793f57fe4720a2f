import Foundation

/// Who runs a command on this machine.
enum Operator {
    /// As the audit log names the operator: by the user of the operating system, whatever the environment says.
    static let actor = "operator:\(user ?? "uid-\(getuid())")"

    private static var user: String? { getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } }
}

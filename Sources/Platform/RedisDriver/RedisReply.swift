/// The reply of the server to one command.
package enum RedisReply: Hashable, Sendable {
    case null
    case status(String)
    case string([UInt8])
    case integer(Int64)
    case array([RedisReply])
    /// Inside an array only; a reply that is an error is thrown.
    case error(RedisError)

    /// nil for anything but bytes and a status.
    package var bytes: [UInt8]? {
        switch self {
        case .string(let bytes): bytes
        case .status(let text): Array(text.utf8)
        case .null, .integer, .array, .error: nil
        }
    }

    package var text: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    package var integer: Int64? {
        if case .integer(let number) = self { number } else { nil }
    }
}

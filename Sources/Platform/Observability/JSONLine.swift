import Logging
import ServiceKit

/// Builds one line of JSON without a tree in between.
struct JSONLine {
    private static let reserved: Set<String> = [
        "timestamp", "level", "message", "service", "trace_id", "span_id", "error",
    ]
    private var bytes: [UInt8] = [UInt8(ascii: "{")]

    init() { bytes.reserveCapacity(384) }

    mutating func add(_ key: String, _ value: String) {
        addKey(key)
        addString(value)
    }

    /// Adds a metadata value; dictionaries become dotted keys, a key that is taken gets the prefix `metadata.`.
    mutating func add(metadata key: String, _ value: Logger.MetadataValue) {
        if case .dictionary(let members) = value {
            for (name, member) in members { add(metadata: "\(key).\(name)", member) }
            return
        }
        addKey(Self.reserved.contains(key) ? "metadata.\(key)" : key)
        addValue(value)
    }

    consuming func finished() -> [UInt8] {
        bytes += [UInt8(ascii: "}"), UInt8(ascii: "\n")]
        return bytes
    }

    private mutating func addKey(_ key: String) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        addString(key)
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func addValue(_ value: Logger.MetadataValue) {
        switch value {
        case .string(let text): addString(text)
        case .stringConvertible(let number as any FixedWidthInteger): bytes += Array(String(describing: number).utf8)
        case .stringConvertible(let number as Double) where number.isFinite: bytes += Array(number.description.utf8)
        case .stringConvertible(let flag as Bool): bytes += Array((flag ? "true" : "false").utf8)
        case .stringConvertible(let other): addString(other.description)
        case .array(let values):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in values.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                addValue(element)
            }
            bytes.append(UInt8(ascii: "]"))
        case .dictionary: addString(value.description)
        }
    }

    private mutating func addString(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x0A: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case 0x00..<0x20, 0x7F:
                bytes += Array("\\u00".utf8)
                bytes += hexadecimal([byte]).utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

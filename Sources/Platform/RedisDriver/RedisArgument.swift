/// One word of a command: any bytes.
package struct RedisArgument: Hashable, Sendable {
    package var bytes: [UInt8]

    package init(_ bytes: [UInt8]) { self.bytes = bytes }
    package init(_ text: String) { bytes = Array(text.utf8) }
    package init(_ number: Int64) { self.init(String(number)) }
}

extension RedisArgument: ExpressibleByStringInterpolation {
    package init(stringLiteral text: String) { self.init(text) }
}

extension RedisArgument: ExpressibleByIntegerLiteral {
    package init(integerLiteral number: Int64) { self.init(number) }
}

extension [RedisArgument] {
    /// The command as an array of bulk strings: https://redis.io/docs/latest/develop/reference/protocol-spec/
    var encoded: [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(reduce(16) { $0 + $1.bytes.count + 16 })
        output += "*\(count)\r\n".utf8
        for argument in self {
            output += "$\(argument.bytes.count)\r\n".utf8
            output += argument.bytes
            output += "\r\n".utf8
        }
        return output
    }
}

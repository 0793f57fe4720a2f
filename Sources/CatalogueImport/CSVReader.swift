/// One record of a CSV file and the line it starts on, counted from 1.
struct CSVRecord: Hashable {
    var line: Int
    var fields: [String]
}

/// A quoted field that is never closed.
struct UnterminatedQuote: Error, Hashable {
    /// The line its record starts on.
    var line: Int
}

/// Reads CSV as RFC 4180 describes it, a record at a time: quoted fields may hold commas, doubled quotes and newlines.
/// Lines may end in LF, CRLF or CR; a byte order mark and empty lines are passed over.
/// Why our own: docs/decisions/0003-own-csv-reader.md
struct CSVReader<Bytes: IteratorProtocol> where Bytes.Element == UInt8 {
    private var bytes: Bytes
    private var peeked: UInt8?
    private var line = 1
    private var atStart = true

    init(_ bytes: Bytes) { self.bytes = bytes }

    /// The next record, nil at the end.
    mutating func next() throws(UnterminatedQuote) -> CSVRecord? {
        if atStart { skipByteOrderMark() }
        while peek() != nil {
            let start = line
            let fields = try record(from: start)
            if fields != [""] { return CSVRecord(line: start, fields: fields) }
        }
        return nil
    }

    private mutating func record(from start: Int) throws(UnterminatedQuote) -> [String] {
        var fields: [String] = []
        var field: [UInt8] = []
        while true {
            let byte = take()
            switch byte {
            case UInt8(ascii: "\"") where field.isEmpty:
                try quoted(into: &field, from: start)
            case UInt8(ascii: ","):
                fields.append(String(decoding: field, as: UTF8.self))
                field.removeAll(keepingCapacity: true)
            case nil, UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                if byte == UInt8(ascii: "\r"), peek() == UInt8(ascii: "\n") { _ = take() }
                if byte != nil { line += 1 }
                return fields + [String(decoding: field, as: UTF8.self)]
            case .some(let byte):
                field.append(byte)
            }
        }
    }

    private mutating func quoted(into field: inout [UInt8], from start: Int) throws(UnterminatedQuote) {
        while let byte = take() {
            if byte == UInt8(ascii: "\"") {
                guard peek() == UInt8(ascii: "\"") else { return }
                _ = take()
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
            if byte == UInt8(ascii: "\r"), peek() != UInt8(ascii: "\n") { line += 1 }
            field.append(byte)
        }
        throw UnterminatedQuote(line: start)
    }

    private mutating func peek() -> UInt8? {
        if peeked == nil { peeked = bytes.next() }
        return peeked
    }

    private mutating func take() -> UInt8? {
        defer { peeked = nil }
        return peeked ?? bytes.next()
    }

    private mutating func skipByteOrderMark() {
        atStart = false
        guard peek() == 0xEF else { return }
        for _ in 0..<3 { _ = take() }
    }
}

/// A quoted field that is never closed.
struct UnterminatedQuote: Error, Hashable {
    /// Its record.
    var place: CSVPlace
}

/// Reads CSV as RFC 4180 describes it, a record at a time: quoted fields may hold delimiters, doubled quotes and
/// newlines. Lines may end in LF, CRLF or CR; empty lines are passed over.
/// Why our own: docs/decisions/0003-own-csv-reader.md
struct CSVReader<Bytes: IteratorProtocol> where Bytes.Element == UInt8 {
    private var bytes: Bytes
    private let delimiter: UInt8
    private var peeked: UInt8?
    private var line = 1
    private var row = 0

    init(_ bytes: Bytes, delimiter: UInt8) {
        self.bytes = bytes
        self.delimiter = delimiter
    }

    /// The next record, nil at the end.
    mutating func next() throws(UnterminatedQuote) -> CSVRecord? {
        while peek() != nil {
            row += 1
            let place = CSVPlace(row: row, line: line)
            let fields = try record(at: place)
            if fields != [""] { return CSVRecord(place: place, fields: fields) }
        }
        return nil
    }

    private mutating func record(at place: CSVPlace) throws(UnterminatedQuote) -> [String] {
        var fields: [String] = []
        var field: [UInt8] = []
        while true {
            let byte = take()
            switch byte {
            case UInt8(ascii: "\"") where field.isEmpty:
                try quoted(into: &field, at: place)
            case delimiter:
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

    private mutating func quoted(into field: inout [UInt8], at place: CSVPlace) throws(UnterminatedQuote) {
        while let byte = take() {
            if byte == UInt8(ascii: "\"") {
                guard peek() == UInt8(ascii: "\"") else { return }
                _ = take()
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
            if byte == UInt8(ascii: "\r"), peek() != UInt8(ascii: "\n") { line += 1 }
            field.append(byte)
        }
        throw UnterminatedQuote(place: place)
    }

    private mutating func peek() -> UInt8? {
        if peeked == nil { peeked = bytes.next() }
        return peeked
    }

    private mutating func take() -> UInt8? {
        defer { peeked = nil }
        return peeked ?? bytes.next()
    }
}

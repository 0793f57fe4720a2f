/// Texts for C: one block of bytes, each text ended by a zero, and pointers into it.
struct CStrings {
    private var bytes: [CChar] = []
    private var offsets: [Int?] = []

    /// - Parameter terminated: Whether a null pointer ends the list.
    init(_ texts: [String?], terminated: Bool = false) {
        for text in texts {
            offsets.append(text == nil ? nil : bytes.count)
            if let text { bytes += text.utf8CString }
        }
        if terminated { offsets.append(nil) }
    }

    func withPointers<Value>(_ body: (UnsafePointer<UnsafePointer<CChar>?>?) throws -> Value) rethrows -> Value {
        try bytes.withUnsafeBufferPointer { buffer in
            let pointers = offsets.map { offset in offset.flatMap { buffer.baseAddress?.advanced(by: $0) } }
            return try pointers.withUnsafeBufferPointer { try body($0.baseAddress) }
        }
    }
}

import Commerce
import OfferContract
import ServiceKit

/// Reads one JSON object, noting every fault and carrying on with nil.
struct NodeReader {
    let path: String
    let faults: Faults
    private let members: [String: JSONValue]

    /// - Parameter known: The members the object may have; any other is a fault.
    init(_ node: JSONValue, path: String, faults: Faults, known: Set<String>) {
        self.path = path
        self.faults = faults
        guard case .object(let members) = node else {
            self.members = [:]
            faults.add(path.isEmpty ? "$" : path, FieldCode.wrongType, "must be an object")
            return
        }
        self.members = members
        for name in members.keys.sorted() where !known.contains(name) {
            fault(name, FieldCode.unknownField, "is not a field of this object")
        }
    }

    func path(_ name: String) -> String { FieldFaults.path(path, name) }

    func fault(_ name: String, _ code: some ErrorCodeList, _ detail: String) { faults.add(path(name), code, detail) }

    func has(_ name: String) -> Bool { self[name] != nil }

    /// null counts as absent.
    subscript(name: String) -> JSONValue? {
        guard let node = members[name], node != .null else { return nil }
        return node
    }

    func string(_ name: String, required: Bool = true, limit: Int = 200) -> String? {
        guard let node = self[name] else {
            if required { missing(name) }
            return nil
        }
        guard case .string(let text) = node else { return wrongType(name, "a string") }
        guard !text.isBlank, text.count <= limit else {
            fault(name, OfferFieldCode.invalidLength, "must have 1 to \(limit) characters")
            return nil
        }
        return text
    }

    func integer(_ name: String, in range: ClosedRange<Int>, required: Bool = false) -> Int? {
        guard let node = self[name] else {
            if required { missing(name) }
            return nil
        }
        guard case .int(let value) = node else { return wrongType(name, "an integer") }
        guard let value = Int(exactly: value), range.contains(value) else {
            fault(name, FieldCode.outOfRange, "must be from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return value
    }

    func flag(_ name: String) -> Bool {
        guard let node = self[name] else { return false }
        guard case .bool(let value) = node else { return wrongType(name, "true or false") ?? false }
        return value
    }

    func instant(_ name: String) -> Instant? {
        guard let text = string(name, required: false) else { return nil }
        guard let instant = Instant(rfc3339: text) else {
            fault(name, OfferFieldCode.invalidTime, "must be an RFC 3339 time, such as 2026-12-01T00:00:00Z")
            return nil
        }
        return instant
    }

    func missing(_ name: String) { fault(name, FieldCode.required, "is missing") }

    func wrongType<Value>(_ name: String, _ expected: String) -> Value? {
        fault(name, FieldCode.wrongType, "must be \(expected)")
        return nil
    }
}

package import Commerce

/// What is wrong with a request, field by field, so that a client learns of all mistakes at once. Bounded: a response
/// does not outgrow its request.
package struct FieldFaults: Hashable, Sendable {
    package static let maximumCount = 100
    /// Characters.
    package static let maximumNameLength = 200

    package private(set) var fields: [ServiceError.Field] = []

    package init() {}

    package var isEmpty: Bool { fields.isEmpty }

    /// Adds a fault, unless there are ``maximumCount`` already.
    package mutating func report(_ field: String, _ code: some ErrorCodeList, _ detail: @autoclosure () -> String) {
        guard fields.count < Self.maximumCount else { return }
        let name = String(field.prefix(Self.maximumNameLength))
        fields.append(ServiceError.Field(field: name, code: code, detail: detail()))
    }

    /// Adds a fault unless the condition holds.
    package mutating func require(
        _ condition: Bool, _ field: String, _ code: some ErrorCodeList, _ detail: @autoclosure () -> String
    ) {
        if !condition { report(field, code, detail()) }
    }

    /// Adds a fault that was found elsewhere.
    package mutating func report(_ fault: ServiceError.Field) {
        if fields.count < Self.maximumCount { fields.append(fault) }
    }

    /// Throws one 422 `invalid_request` with all faults, if there are any.
    package func check() throws(ServiceError) {
        if !fields.isEmpty { throw .invalid(fields) }
    }

    /// The path of a member: `promotions[2].percent`.
    package static func path(_ parent: String, _ name: String) -> String {
        parent.isEmpty ? name : "\(parent).\(name)"
    }
}

import AnalyticsContract
import Commerce
import ServiceKit

/// What a behaviour event may hold. Anything else is a fault; all faults are reported at once.
enum BehaviourRules {
    static let batch = 1...100
    static let keys: Set = ["product_id", "category", "cart_id", "order_id", "path", "query_length"]
    /// In Unicode scalars, so that a value's size is bounded too.
    static let valueLength = 200
    static let sessionLength = 8...64
    /// Clocks of browsers deviate a little, and a device may have been offline for days.
    static let future: Duration = .seconds(600)
    static let past: Duration = .seconds(7 * 86_400)

    static func faults(in events: [BehaviourEvent], at now: Instant) -> FieldFaults {
        var faults = FieldFaults()
        guard batch.contains(events.count) else {
            faults.report(
                "events", events.isEmpty ? FieldCode.required : .tooMany, "Send 1 to \(batch.upperBound) events.")
            return faults
        }
        for (index, event) in events.enumerated() { check(event, at: now, path: "events[\(index)]", &faults) }
        return faults
    }

    private static func check(_ event: BehaviourEvent, at now: Instant, path: String, _ faults: inout FieldFaults) {
        if BehaviourEvent.Kind(rawValue: event.type) == nil {
            let known = BehaviourEvent.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            faults.report("\(path).type", AnalyticsFieldCode.unknownEventType, "Known types are \(known).")
        }
        if event.occurredAt > now.advanced(by: future) || event.occurredAt < now.advanced(by: .zero - past) {
            faults.report(
                "\(path).occurred_at", FieldCode.outOfRange, "At most 10 minutes ahead and 7 days in the past.")
        }
        if !isSession(event.sessionID) {
            faults.report(
                "\(path).session_id", FieldCode.invalid, "8 to 64 letters, digits, hyphens or underscores (ASCII).")
        }
        if !keys.isSuperset(of: event.properties.keys) {
            let known = keys.sorted().joined(separator: ", ")
            faults.report("\(path).properties", AnalyticsFieldCode.unknownProperty, "Known properties are \(known).")
        }
        for key in keys.sorted() {
            guard let value = event.properties[key] else { continue }
            if value.unicodeScalars.count > valueLength {
                faults.report("\(path).properties.\(key)", FieldCode.tooLong, "At most \(valueLength) characters.")
            } else if value.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
                faults.report("\(path).properties.\(key)", FieldCode.invalid, "Control characters are not accepted.")
            }
        }
    }

    /// Paths without query and fragment, which may hold search words, email addresses or tokens.
    static func anonymised(_ properties: [String: String]) -> [String: String] {
        var properties = properties
        if let path = properties["path"] {
            properties["path"] = String(path.prefix { $0 != "?" && $0 != "#" })
        }
        return properties
    }

    private static func isSession(_ id: String) -> Bool {
        sessionLength.contains(id.utf8.count)
            && id.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}

package import Commerce
import ServiceKit

extension RequestFields {
    /// `{"amount", "currency"}`, the amount in minor units; nil when it is absent or wrong.
    package mutating func money(
        _ name: String, in range: ClosedRange<Int> = 0...1_000_000_000_000, required: Bool = true
    ) -> Money? {
        guard var reader = object(name, required: required) else { return nil }
        let amount = reader.int("amount", in: range)
        guard let currency = reader.currency("currency", required: true) else { return nil }
        return Money(Int64(amount), currency)
    }

    /// An ISO 4217 currency; nil when it is absent or wrong.
    package mutating func currency(_ name: String, required: Bool = false) -> Currency? {
        scalar(name, required: required, code: .invalidCurrency, "must be an ISO 4217 code, such as USD") {
            Currency($0)
        }
    }

    /// A typed id; nil when it is absent or wrong.
    package mutating func id<Kind>(
        _ name: String, as type: Identifier<Kind>.Type = Identifier<Kind>.self, required: Bool = true
    ) -> Identifier<Kind>? {
        scalar(name, required: required, code: .invalidID, "must be an id that starts with \(Kind.prefix)_") {
            Identifier($0)
        }
    }

    /// An e-mail address in its normal form; nil when it is absent or wrong.
    package mutating func email(_ name: String, required: Bool = true) -> String? {
        scalar(name, required: required, code: .invalidEmail, "must be an e-mail address") {
            EmailAddress.normalised($0)
        }
    }

    /// An RFC 3339 timestamp; nil when it is absent or wrong.
    package mutating func instant(_ name: String, required: Bool = false) -> Instant? {
        scalar(name, required: required, code: .invalidTimestamp, "must be an RFC 3339 timestamp") {
            Instant(rfc3339: $0)
        }
    }

    /// A postal address with all its problems reported; nil when it is absent, null or wrong.
    package mutating func address(_ name: String, required: Bool = false) -> Address? {
        guard let reader = object(name, required: required) else { return nil }
        func part(_ field: String) -> String? {
            guard let value = reader.present(field, required: false) else { return nil }
            guard let text = value.stringValue else { return reader.wrongType(field, "a string") }
            return text
        }
        let wrong = ["name", "line1", "line2", "city", "region", "postal_code", "country", "phone"]
            .filter { field in reader.present(field, required: false).map { $0.stringValue == nil } ?? false }
        let address = Address(
            name: part("name") ?? "", line1: part("line1") ?? "", line2: part("line2"), city: part("city") ?? "",
            region: part("region"), postalCode: part("postal_code") ?? "", country: part("country") ?? "",
            phone: part("phone"))
        let problems = address.problems.filter { !wrong.contains($0.field) }
        for problem in problems { reader.fail(problem.field, code: problem.code, problem.detail) }
        return problems.isEmpty && wrong.isEmpty ? address : nil
    }

    /// A text that means something else, read by `parse`.
    private mutating func scalar<Value>(
        _ name: String, required: Bool, code: FieldCode, _ detail: String, parse: (String) -> Value?
    ) -> Value? {
        guard let value = present(name, required: required) else { return nil }
        guard case .string(let text) = value else { return wrongType(name, "a string") }
        guard text.utf8.count <= 500, let parsed = parse(text) else {
            fail(name, code: code, detail)
            return nil
        }
        return parsed
    }
}

import Commerce
import ServiceKit

extension NodeReader {
    /// A percentage above 0, at most 100, with at most two decimals, as basis points.
    func percent(_ name: String, required: Bool = true) -> Int? {
        guard let node = self[name] else {
            if required { missing(name) }
            return nil
        }
        let value: Double
        switch node {
        case .int(let whole): value = Double(whole)
        case .double(let number): value = number
        default: return wrongType(name, "a number")
        }
        let basisPoints = (value * 100).rounded()
        guard value > 0, value <= 100, abs(value * 100 - basisPoints) < 1e-6 else {
            fault(name, FieldCode.outOfRange, "must be above 0, at most 100, with at most two decimals")
            return nil
        }
        return Int(basisPoints)
    }

    /// Minor units by currency: `{"USD": 1500, "JPY": 2000}`.
    func amounts(_ name: String, required: Bool = false, minimum: Int64 = 1) -> CurrencyAmounts? {
        guard let node = self[name] else {
            if required { missing(name) }
            return nil
        }
        guard case .object(let members) = node else { return wrongType(name, "an object of amounts by currency") }
        if members.isEmpty { fault(name, FieldCode.required, "must name at least one currency") }
        var amounts: [Currency: Int64] = [:]
        for (code, node) in members.sorted(by: { $0.key < $1.key }) {
            guard let currency = Currency(code), currency.code == code else {
                fault("\(name).\(code)", FieldCode.unknownCurrency, "is not an ISO 4217 code")
                continue
            }
            guard case .int(let amount) = node, amount >= minimum, amount <= 1_000_000_000_000 else {
                fault(
                    "\(name).\(code)", FieldCode.outOfRange,
                    "must be a whole number of minor units, at least \(minimum)")
                continue
            }
            amounts[currency] = amount
        }
        return CurrencyAmounts(minorUnits: amounts)
    }

    /// Distinct, non-empty texts.
    func strings(_ name: String, required: Bool = false) -> [String] {
        guard let node = self[name] else {
            if required { missing(name) }
            return []
        }
        guard case .array(let items) = node else { return wrongType(name, "a list of strings") ?? [] }
        if items.isEmpty { fault(name, FieldCode.required, "must not be empty") }
        var texts: [String] = []
        for (index, item) in items.enumerated() {
            guard case .string(let text) = item, !text.isEmpty, text.count <= 200 else {
                fault("\(name)[\(index)]", FieldCode.wrongType, "must be a string of 1 to 200 characters")
                continue
            }
            if texts.contains(text) { fault("\(name)[\(index)]", FieldCode.duplicate, "is there twice") }
            texts.append(text)
        }
        return texts
    }

    /// The objects of a list, each with its own path.
    func objects(_ name: String, known: Set<String>, required: Bool = false) -> [NodeReader] {
        guard let node = self[name] else {
            if required { missing(name) }
            return []
        }
        guard case .array(let items) = node else { return wrongType(name, "a list") ?? [] }
        return items.enumerated().map { index, item in
            NodeReader(item, path: path("\(name)[\(index)]"), faults: faults, known: known)
        }
    }

    func object(_ name: String, known: Set<String>) -> NodeReader? {
        self[name].map { NodeReader($0, path: path(name), faults: faults, known: known) }
    }

    /// An ISO 3166-1 alpha-2 code.
    func country(_ name: String) -> String? {
        guard let code = string(name) else { return nil }
        guard Countries.codes.contains(code) else {
            fault(name, FieldCode.invalidCountry, "must be an ISO 3166-1 alpha-2 code, such as US")
            return nil
        }
        return code
    }
}

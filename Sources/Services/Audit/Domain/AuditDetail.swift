/// One value among the details.
enum AuditDetail: Hashable, Sendable, Encodable {
    case text(String)
    case number(Int64)
    case money(Int64, currency: String)

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .text(let text):
            var container = encoder.singleValueContainer()
            try container.encode(text)
        case .number(let number):
            var container = encoder.singleValueContainer()
            try container.encode(number)
        case .money(let amount, let currency):
            var container = encoder.container(keyedBy: MoneyKeys.self)
            try container.encode(amount, forKey: .amount)
            try container.encode(currency, forKey: .currency)
        }
    }

    private enum MoneyKeys: String, CodingKey { case amount, currency }
}

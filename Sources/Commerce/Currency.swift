/// An ISO 4217 currency with the number of digits its minor unit has.
package struct Currency: Hashable, Sendable {
    /// The alphabetic code, upper case: `USD`.
    package let code: String
    /// Digits after the decimal point: JPY 0, USD 2, KWD 3. Source: ISO 4217, list one.
    package let exponent: Int

    /// The currency with this code, or nil when ISO 4217 does not list it (or Magpie does not sell in it).
    package init?(_ code: String) {
        let code = code.uppercased()
        guard let exponent = Self.exponents[code] else { return nil }
        self.code = code
        self.exponent = exponent
    }

    private init(code: String, exponent: Int) {
        self.code = code
        self.exponent = exponent
    }

    package static let usd = Currency(code: "USD", exponent: 2)
    package static let eur = Currency(code: "EUR", exponent: 2)
    package static let jpy = Currency(code: "JPY", exponent: 0)
    package static let kwd = Currency(code: "KWD", exponent: 3)

    /// How many minor units make one major unit: 100 for USD.
    package var minorUnitsPerMajor: Int64 {
        (0..<exponent).reduce(Int64(1)) { value, _ in value * 10 }
    }

    private static let exponents: [String: Int] = {
        let two = """
            AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF \
            CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF \
            IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR \
            MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD \
            SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW
            """
        var table: [String: Int] = [:]
        for code in two.split(separator: " ") { table[String(code)] = 2 }
        for code in "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(separator: " ") {
            table[String(code)] = 0
        }
        for code in "BHD IQD JOD KWD LYD OMR TND".split(separator: " ") { table[String(code)] = 3 }
        return table
    }()
}

extension Currency: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let code = try container.decode(String.self)
        guard let currency = Currency(code) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an ISO 4217 currency")
        }
        self = currency
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}

import Commerce
import RPC
import ServiceKit

// Every read throws `WireFault` for what the message cannot mean.

extension Identifier {
    init(wire text: String, _ field: String) throws {
        guard let id = Self(text) else { throw WireFault(field, "is not a well-formed id") }
        self = id
    }
}

extension RawRepresentable<String> {
    init(wire text: String, _ field: String) throws {
        guard let value = Self(rawValue: text) else { throw WireFault(field, "is not one of the known values") }
        self = value
    }
}

extension Currency {
    init(wire text: String, _ field: String) throws {
        guard let currency = Currency(text) else { throw WireFault(field, "is not an ISO 4217 currency") }
        self = currency
    }
}

extension Money {
    /// A message that is absent has no currency and is refused for that.
    init(wire: Magpie_Commerce_V1_Money, _ field: String) throws {
        self.init(wire.amount, try Currency(wire: wire.currency, "\(field).currency"))
    }
}

extension Magpie_Commerce_V1_Money {
    init(_ money: Money) {
        amount = money.amount
        currency = money.currency.code
    }
}

extension Address {
    init(wire: Magpie_Commerce_V1_Address) {
        self.init(
            name: wire.name, line1: wire.line1, line2: wire.hasLine2 ? wire.line2 : nil, city: wire.city,
            region: wire.hasRegion ? wire.region : nil, postalCode: wire.postalCode, country: wire.country,
            phone: wire.hasPhone ? wire.phone : nil)
    }
}

extension Magpie_Commerce_V1_Address {
    init(_ address: Address) {
        name = address.name
        line1 = address.line1
        if let line2 = address.line2 { self.line2 = line2 }
        city = address.city
        if let region = address.region { self.region = region }
        postalCode = address.postalCode
        country = address.country
        if let phone = address.phone { self.phone = phone }
    }
}

extension PageRequest {
    init(wire: Magpie_Commerce_V1_PageRequest?) throws {
        guard let wire else { throw WireFault("page", "must be given") }
        self.init(cursor: wire.hasCursor ? wire.cursor : nil, limit: Int(wire.limit), wantsCount: wire.wantsCount)
    }
}

extension Magpie_Commerce_V1_PageRequest {
    init(_ page: PageRequest) {
        if let cursor = page.cursor { self.cursor = cursor }
        limit = Int32(clamping: page.limit)
        wantsCount = page.wantsCount
    }
}

extension Magpie_Commerce_V1_PageInfo {
    init(nextCursor: String?, count: Int?) {
        if let nextCursor { self.nextCursor = nextCursor }
        if let count { self.count = Int64(count) }
    }
}

extension Page {
    init(_ items: [Item], wire: Magpie_Commerce_V1_PageInfo) {
        self.init(
            items: items, nextCursor: wire.hasNextCursor ? wire.nextCursor : nil,
            count: wire.hasCount ? Int(wire.count) : nil)
    }
}

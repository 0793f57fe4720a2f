import Commerce
import OfferContract
import ServiceKit

extension Promotion {
    private static let members: Set<String> = [
        "id", "label", "kind", "priority", "coupon", "starts_at", "ends_at", "exclusive_group", "minimum_spend",
        "applies_to", "percent", "amounts", "per_item", "buy", "get", "limit", "shipping_options",
    ]
    /// The members that only some kinds have.
    private static let membersByKind: [String: Set<String>] = [
        "percentage": ["percent"],
        "fixed": ["amounts", "per_item"],
        "buy_x_get_y": ["buy", "get", "limit", "percent"],
        "free_shipping": ["shipping_options"],
    ]

    static func read(from root: NodeReader) -> [Promotion] {
        var ids: Set<String> = []
        var codes: Set<String> = []
        return root.objects("promotions", known: members, required: true).compactMap { reader in
            let promotion = read(reader)
            if let id = reader.string("id"), !ids.insert(id).inserted {
                reader.fault("id", FieldCode.duplicate, "is used by another promotion")
            }
            if let code = promotion?.coupon?.code, !codes.insert(CouponCode.normalised(code)).inserted {
                reader.fault("coupon.code", FieldCode.duplicate, "is used by another promotion")
            }
            return promotion
        }
    }

    private static func read(_ reader: NodeReader) -> Promotion? {
        let id = reader.string("id", limit: 100)
        let label = reader.string("label")
        let effect = effect(reader)
        let target = target(reader, of: effect)
        let coupon = reader.has("coupon") ? coupon(reader) : nil
        let (start, end) = (reader.instant("starts_at"), reader.instant("ends_at"))
        if let start, let end, end <= start { reader.fault("ends_at", FieldCode.outOfRange, "must be after starts_at") }
        let priority = reader.integer("priority", in: -1_000_000...1_000_000) ?? 0
        let group = reader.string("exclusive_group", required: false, limit: 100)
        let minimum = reader.amounts("minimum_spend")
        guard let id, let label, let effect, let target else { return nil }
        return Promotion(
            id: id, label: label, priority: priority, effect: effect, target: target, coupon: coupon, startsAt: start,
            endsAt: end, exclusiveGroup: group, minimumSpend: minimum)
    }

    private static func effect(_ reader: NodeReader) -> Effect? {
        guard let kind = reader.string("kind") else { return nil }
        guard let own = membersByKind[kind] else {
            reader.fault(
                "kind", OfferFieldCode.unknownKind,
                "must be one of \(membersByKind.keys.sorted().joined(separator: ", "))")
            return nil
        }
        let foreign = Set(membersByKind.values.joined()).subtracting(own)
        for name in foreign.sorted() where reader.has(name) {
            reader.fault(name, OfferFieldCode.notAllowed, "does not belong to the kind \(kind)")
        }
        switch kind {
        case "percentage": return reader.percent("percent").map { .percentage(basisPoints: $0) }
        case "fixed":
            return reader.amounts("amounts", required: true).map { .fixed($0, perItem: reader.flag("per_item")) }
        case "buy_x_get_y": return buyGet(reader)
        default:
            let options = reader.strings("shipping_options")
            return .freeShipping(options: options.isEmpty ? nil : Set(options))
        }
    }

    private static func buyGet(_ reader: NodeReader) -> Effect? {
        let buy = reader.integer("buy", in: 1...999, required: true)
        let get = reader.integer("get", in: 1...999, required: true)
        let limit = reader.integer("limit", in: 1...999)
        let basisPoints = reader.has("percent") ? reader.percent("percent") : 10_000
        guard let buy, let get, let basisPoints else { return nil }
        return .buyGet(buy: buy, get: get, basisPoints: basisPoints, limit: limit)
    }

    /// `"order"` (the default), `"all"` lines, or an object of lists. A buy-X-get-Y rule and a price per item always
    /// look at lines.
    private static func target(_ reader: NodeReader, of effect: Effect?) -> Target? {
        switch reader["applies_to"] {
        case nil, .string("order"):
            if case .buyGet = effect { return .lines(Selection(everything: true)) }
            if case .fixed(_, perItem: true) = effect { return .lines(Selection(everything: true)) }
            return .order
        case .string("all"): return .lines(Selection(everything: true))
        case .object:
            guard let lists = reader.object("applies_to", known: ["categories", "tags", "products"]) else { return nil }
            let selection = Selection(
                categories: Set(lists.strings("categories").map { $0.lowercased() }),
                tags: Set(lists.strings("tags").map { $0.lowercased() }),
                products: Set(lists.strings("products").map { $0.lowercased() }))
            if selection == Selection() {
                reader.fault("applies_to", FieldCode.required, "must name what it applies to")
            }
            return .lines(selection)
        default:
            return reader.wrongType("applies_to", "\"order\", \"all\" or an object of lists")
        }
    }

    private static func coupon(_ reader: NodeReader) -> Coupon? {
        let known: Set<String> = ["code", "usage_limit", "usage_limit_per_customer"]
        guard let own = reader.object("coupon", known: known) else { return nil }
        let limit = own.integer("usage_limit", in: 1...1_000_000_000)
        let perCustomer = own.integer("usage_limit_per_customer", in: 1...1_000_000)
        guard let code = own.string("code", limit: 50) else { return nil }
        if code != CouponCode.normalised(code) {
            own.fault("code", OfferFieldCode.invalidCode, "must be upper case, without space around it")
        }
        return Coupon(code: code, usageLimit: limit, usageLimitPerCustomer: perCustomer)
    }
}

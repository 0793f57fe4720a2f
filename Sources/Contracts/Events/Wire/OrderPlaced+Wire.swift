import Commerce
import SwiftProtobuf

extension OrderPlaced {
    private typealias Message = Magpie_Events_V1_OrderPlaced

    package static var eventType: String { Message.protoMessageName }

    package init(json: String) throws {
        let message = try Message(eventJSON: json)
        self.init(
            orderID: message.orderID, number: message.number,
            customerID: message.customerID.isEmpty ? nil : message.customerID, email: message.email,
            lines: message.lines.map(Line.init), subtotal: message.hasSubtotal ? EventMoney(message.subtotal) : nil,
            discountTotal: message.hasDiscountTotal ? EventMoney(message.discountTotal) : nil,
            shippingTotal: message.hasShippingTotal ? EventMoney(message.shippingTotal) : nil,
            taxTotal: message.hasTaxTotal ? EventMoney(message.taxTotal) : nil,
            total: message.hasTotal ? EventMoney(message.total) : nil,
            shippingAddress: message.hasShippingAddress ? Address(message.shippingAddress) : nil,
            shippingOption: message.shippingOption, cartID: message.cartID,
            placedAt: message.placedAtMs == 0 ? nil : Instant(milliseconds: message.placedAtMs))
    }

    package func json() throws -> String {
        try Message.with {
            $0.orderID = orderID
            $0.number = number
            $0.customerID = customerID ?? ""
            $0.email = email
            $0.lines = lines.map(Magpie_Events_V1_OrderLine.init)
            if let subtotal { $0.subtotal = .init(subtotal) }
            if let discountTotal { $0.discountTotal = .init(discountTotal) }
            if let shippingTotal { $0.shippingTotal = .init(shippingTotal) }
            if let taxTotal { $0.taxTotal = .init(taxTotal) }
            if let total { $0.total = .init(total) }
            if let shippingAddress { $0.shippingAddress = .init(shippingAddress) }
            $0.shippingOption = shippingOption
            $0.cartID = cartID
            $0.placedAtMs = placedAt?.milliseconds ?? 0
        }.jsonString()
    }
}

extension OrderPlaced.Line {
    fileprivate init(_ message: Magpie_Events_V1_OrderLine) {
        self.init(
            variantID: message.variantID, productID: message.productID, title: message.title,
            variantTitle: message.variantTitle, quantity: Int(message.quantity),
            unitPrice: message.hasUnitPrice ? EventMoney(message.unitPrice) : nil,
            total: message.hasTotal ? EventMoney(message.total) : nil)
    }
}

extension Magpie_Events_V1_OrderLine {
    fileprivate init(_ line: OrderPlaced.Line) {
        self.init()
        variantID = line.variantID
        productID = line.productID
        title = line.title
        variantTitle = line.variantTitle
        quantity = Int32(clamping: line.quantity)
        if let price = line.unitPrice { unitPrice = .init(price) }
        if let total = line.total { self.total = .init(total) }
    }
}

extension Address {
    fileprivate init(_ message: Magpie_Events_V1_PostalAddress) {
        self.init(
            name: message.name, line1: message.line1, line2: message.line2.isEmpty ? nil : message.line2,
            city: message.city, region: message.region.isEmpty ? nil : message.region, postalCode: message.postalCode,
            country: message.country)
    }
}

extension Magpie_Events_V1_PostalAddress {
    fileprivate init(_ address: Address) {
        name = address.name
        line1 = address.line1
        line2 = address.line2 ?? ""
        city = address.city
        region = address.region ?? ""
        postalCode = address.postalCode
        country = address.country
    }
}

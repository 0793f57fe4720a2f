import SwiftProtobuf

extension EventMoney {
    init(_ message: Magpie_Events_V1_Money) { self.init(message.amount, message.currency) }
}

extension Magpie_Events_V1_Money {
    init(_ money: EventMoney) {
        amount = money.amount
        currency = money.currency
    }
}

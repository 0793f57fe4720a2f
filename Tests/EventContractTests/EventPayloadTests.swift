import Commerce
import EventContract
import EventLog
import Testing

/// The JSON of events is public, and never changes.
@Suite struct EventPayloadTests {
    private func comesBack<Payload: EventPayload & Hashable>(_ payload: Payload, _ json: String) throws {
        #expect(try payload.json() == json)
        #expect(try Payload(json: json) == payload)
    }

    @Test func accounts() throws {
        #expect(AccountRegistered.eventType == "magpie.events.v1.AccountRegistered")
        try comesBack(
            AccountRegistered(customerID: "cus_1", role: "customer"), #"{"customerId":"cus_1","role":"customer"}"#)
        try comesBack(AccountLoggedIn(customerID: "cus_1"), #"{"customerId":"cus_1"}"#)
        try comesBack(
            AccountLoginFailed(emailDigest: "d1", reason: "invalid_credentials"),
            #"{"emailDigest":"d1","reason":"invalid_credentials"}"#)
        try comesBack(AccountLoggedOut(customerID: "cus_1"), #"{"customerId":"cus_1"}"#)
        try comesBack(AccountPasswordChanged(customerID: "cus_1"), #"{"customerId":"cus_1"}"#)
        try comesBack(
            AccountSessionsRevoked(customerID: "cus_1", reason: "role_changed"),
            #"{"customerId":"cus_1","reason":"role_changed"}"#)
    }

    @Test func catalogue() throws {
        #expect(ProductChanged.eventType == "magpie.events.v1.ProductChanged")
        try comesBack(
            ProductChanged(productID: "prod_1", handle: "mug", version: 3, change: "updated", actor: "cus_1"),
            #"{"productId":"prod_1","handle":"mug","version":"3","change":"updated","actor":"cus_1"}"#)
        try comesBack(
            PriceChanged(
                productID: "prod_1", variantID: "var_1", before: nil, after: EventMoney(0, "JPY"), actor: ""),
            #"{"productId":"prod_1","variantId":"var_1","after":{"currency":"JPY"}}"#)
        try comesBack(
            StockChanged(
                productID: "prod_1", variantID: "var_1", onHand: 5, reserved: 2, kind: "sale", quantity: -1,
                reason: "", actor: "system:reconciler"),
            #"{"productId":"prod_1","variantId":"var_1","onHand":"5","reserved":"2","kind":"sale","quantity":"-1","#
                + #""actor":"system:reconciler"}"#)
    }

    @Test func orders() throws {
        #expect(OrderPlaced.eventType == "magpie.events.v1.OrderPlaced")
        let money = EventMoney(1_000, "USD")
        let json = #"{"amount":"1000","currency":"USD"}"#
        let placed = OrderPlaced(
            orderID: "ord_1", number: "M-1", customerID: nil, email: "ada@example.com",
            lines: [
                OrderPlaced.Line(
                    variantID: "var_1", productID: "prod_1", title: "Mug", variantTitle: "Red", quantity: 2,
                    unitPrice: money, total: money)
            ],
            subtotal: money, discountTotal: nil, shippingTotal: money, taxTotal: money, total: money,
            shippingAddress: Address(name: "Ada", line1: "1 Way", city: "", postalCode: "8000", country: "CH"),
            shippingOption: "Post", cartID: "cart_1", placedAt: Instant(milliseconds: 7))
        try comesBack(
            placed,
            #"{"orderId":"ord_1","number":"M-1","email":"ada@example.com","lines":[{"variantId":"var_1","#
                + #""productId":"prod_1","title":"Mug","variantTitle":"Red","quantity":2,"unitPrice":\#(json),"#
                + #""total":\#(json)}],"subtotal":\#(json),"shippingTotal":\#(json),"taxTotal":\#(json),"#
                + #""total":\#(json),"shippingAddress":{"name":"Ada","line1":"1 Way","postalCode":"8000","#
                + #""country":"CH"},"shippingOption":"Post","cartId":"cart_1","placedAtMs":"7"}"#)
        try comesBack(
            OrderCancelled(orderID: "ord_1", number: "M-1", actor: "cus_1", refunded: money),
            #"{"orderId":"ord_1","number":"M-1","actor":"cus_1","refunded":\#(json)}"#)
        try comesBack(
            OrderFulfilled(orderID: "ord_1", number: "M-1", tracking: "T", actor: "cus_1"),
            #"{"orderId":"ord_1","number":"M-1","tracking":"T","actor":"cus_1"}"#)
        try comesBack(
            PaymentChanged(
                orderID: "ord_1", status: "captured", amount: money, provider: "test", providerReference: "r",
                reason: "x", actor: "cus_1"),
            #"{"orderId":"ord_1","status":"captured","amount":\#(json),"provider":"test","providerReference":"r","#
                + #""reason":"x","actor":"cus_1"}"#)
    }

    @Test func staffAndBehaviour() throws {
        #expect(StaffActed.eventType == "magpie.events.v1.StaffActed")
        try comesBack(
            StaffActed(actor: "cus_1", action: "offers.replace", subject: "offers", details: ["a": "b"]),
            #"{"actor":"cus_1","action":"offers.replace","subject":"offers","details":{"a":"b"}}"#)
        try comesBack(
            BehaviourRecorded(
                type: "searched", sessionID: "session-1", occurredAt: Instant(milliseconds: 9), properties: [:]),
            #"{"type":"searched","sessionId":"session-1","occurredAtMs":"9"}"#)
    }

    @Test func checkpoints() throws {
        #expect(OrdersCheckpoint.eventType == "magpie.events.v1.OrdersCheckpoint")
        try comesBack(
            OrdersCheckpoint(number: 7, orderIDs: ["ord_1", "ord_2"]), #"{"number":"7","orderIds":["ord_1","ord_2"]}"#)
    }

    @Test func aFieldOfALaterVersionIsPassedOver() throws {
        #expect(
            try AccountLoggedIn(json: #"{"customerId":"cus_1","device":{"name":"x"}}"#)
                == AccountLoggedIn(customerID: "cus_1"))
        #expect(throws: (any Error).self) { try AccountLoggedIn(json: #"{"customerId":1"#) }
    }
}

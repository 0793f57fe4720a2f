import CartContract
import Commerce
import OfferContract
import OrderContract
import ServiceKit

/// The checkout page, in its two states: contact and address, or delivery and payment.
enum CheckoutViews {
    /// - Parameter regionCountries: Where tax depends on the region: it is chosen from a list there.
    static func editing(
        _ entered: CheckoutContact, regionCountries: [String] = [], problems: [ServiceError.Field]
    ) -> [String: View] {
        let fields = FieldViews(problems: problems)
        let address = entered.address
        let choice = regionCountries.contains(address.country) ? Regions.of(address.country) : nil
        let contact = fields.field("email", "Email", entered.email, type: "email", auto: "email", max: 254)
        let place = [
            fields.field("name", "Full name", address.name, auto: "name"),
            fields.field("line1", "Address", address.line1, auto: "address-line1"),
            fields.field("line2", "Flat, floor, company", address.line2, auto: "address-line2", optional: true),
            fields.field("city", "City", address.city, auto: "address-level2", half: true),
        ]
        let country: View = ["id": "country", "label": "Country", "error": View(fields.message("country"))]
        let region = fields.field(
            "region", "State or region", address.region, auto: "address-level1", half: true, optional: true)
        let postalCode = fields.field(
            "postal_code", "Postcode", address.postalCode, auto: "postal-code", half: true,
            optional: !PostalCodes.areRequired(in: address.country), max: 20)
        let phone = fields.field(
            "phone", "Phone", address.phone, type: "tel", auto: "tel", half: true, optional: true, max: 40)
        return [
            "editing": true,
            "problems": fields.summary(of: [contact, country] + place + [region, postalCode, phone]),
            "contact_fields": [contact], "address_fields": .list(place), "phone_field": [phone],
            "region_choice": .flag(choice != nil), "region_country": .text(address.country),
            "region_country_name": .text(CountryNames.name(of: address.country)),
            "region_error": View(fields.message("region")),
            "regions": .list(
                (choice?.all ?? []).map { region in
                    [
                        "region_code": .text(region.code), "region_name": .text(region.name),
                        "region_on": .flag(region.code == address.regionCode),
                    ]
                }),
            "place_fields": .list(choice == nil ? [region, postalCode] : [postalCode]),
            "country_error": View(fields.message("country")),
            "countries": .list(
                CountryNames.all.map { country in
                    [
                        "country_code": .text(country.code), "country_name": .text(country.name),
                        "country_on": .flag(country.code == address.country),
                    ]
                }),
        ]
    }

    static func paying(
        _ cart: Cart, options: [ShippingOption], methods: [PaymentMethod], key: String, paymentError: String?,
        chosen: String?
    ) -> [String: View] {
        let payments = methods.flatMap(\.choices)
        let chosen = chosen ?? payments.first?.token
        return [
            "editing": false, "contact_email": View(cart.email), "cart_id": .text(cart.id.rawValue),
            "order_key": .text(key), "exact_total": .text(ShownTotal(cart.totals.total).text),
            "payment_error": View(paymentError),
            "address_lines": cart.shippingAddress.map(CartViews.addressLines) ?? .nothing,
            "no_payment": .flag(payments.isEmpty), "test_payments": .flag(methods.contains { $0.kind == .test }),
            "can_order": .flag(!options.isEmpty && !payments.isEmpty), "no_shipping": .flag(options.isEmpty),
            "many_shipping": .flag(options.count > 1),
            "shipping_options": .list(
                options.map { option in
                    [
                        "ship_id": .text(option.id), "ship_name": .text(option.name),
                        "ship_estimate": .text(option.estimate),
                        "ship_price": option.price.isZero ? "Free" : .text(Prices.text(option.price)),
                        "ship_on": .flag(option.id == cart.shippingOption?.id),
                    ]
                }),
            "payments": .list(
                payments.map { method in
                    [
                        "pay_token": .text(method.token), "pay_name": .text(method.name),
                        "pay_hint": .text(method.hint), "pay_on": .flag(method.token == chosen),
                    ]
                }),
        ]
    }
}

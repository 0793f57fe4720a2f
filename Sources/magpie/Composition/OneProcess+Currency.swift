import ArgumentParser
import Commerce
import OfferService
import ProductService
import ServiceKit

extension OneProcess {
    /// Stores what the settings say a new shop sells in. Throws `Fault` when this one sells in something else.
    func settleCurrency() async throws {
        guard let wanted = settings.currency else { return }
        let inForce = try await CallContext(principal: .system("settings")).run {
            try await products.proposeShopCurrency(wanted)
        }
        guard inForce == wanted else {
            throw Fault(
                "the shop sells in \(inForce.code), and its products are priced so, but the setting says "
                    + "\(wanted.code): leave MAGPIE_CURRENCY and --currency out, or import the products with "
                    + "--currency \(wanted.code) --change-currency")
        }
    }

    /// What the prices of an import are in: as the option says, or as the shop sells. A shop that does not know yet asks
    /// at the terminal; without one it takes USD and says so.
    ///
    /// - Parameter mayChange: The shop sells in another currency afterwards, whatever the settings say.
    func currencyOfImport(_ option: String?, mayChange: Bool) async throws -> Currency {
        if !mayChange { try await settleCurrency() }
        let known = try await products.shopCurrency()
        if let option {
            guard let given = Currency(option) else { throw ValidationError("--currency is not an ISO 4217 code") }
            if let known, known != given, !mayChange {
                Console.complain(
                    "WARN   the shop sells in \(known.code): only carts made in \(given.code) can hold these products")
            }
            return given
        }
        if let known { return known }
        if Console.isInteractive {
            while let answer = Console.ask("Which currency are the prices in, such as EUR?") {
                if let currency = Currency(answer) { return currency }
                Console.complain("'\(answer)' is not an ISO 4217 code")
            }
            throw ValidationError("the currency of the prices is not known: give --currency")
        }
        Console.complain(
            "WARN   nobody said which currency the prices are in: they are taken as USD, and the shop sells in USD. "
                + "Give --currency or set MAGPIE_CURRENCY")
        return .usd
    }

    /// Sets the shop's currency. The caller changes the prices before or after.
    func changeCurrency(to currency: Currency) async throws {
        try await CallContext(principal: .system("import")).run {
            try await products.changeShopCurrency(to: currency)
        }
    }

    /// What an operator should know: carts in the shop's currency that nobody can check out.
    func currencyProblem() async throws -> String? {
        // Read from the file, because short commands do not load the rules. Another check reports an unreadable file.
        guard let currency = try await products.shopCurrency(), let rules = try? folder.offers(logger: .silent),
            !rules.shippingCurrencies.contains(currency)
        else { return nil }
        return "no shipping option has a price in \(currency.code), which the shop sells in: nobody can check out. "
            + "Give the options of offers.json prices in \(currency.code)"
    }
}

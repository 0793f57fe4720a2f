import ArgumentParser
import Commerce
import EventLog
import Foundation
import Logging
import NotificationService
import ProductService
import SQLiteDriver

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints what is in force, secrets masked, and what is wrong.")
    @OptionGroup var options: Settings.Options
    @Option(help: "The shop's port (default: 8080).") var port: Int?

    func run() async throws {
        let settings = try Settings(options, port: port)
        Console.say("data folder      \(settings.data.path)")
        Console.say("shop             \(settings.shopName), \(settings.publicURL)")
        Console.say("listening on     \(settings.host):\(settings.port)")
        Console.say("operations port  \(settings.operationsHost):\(settings.operationsPort)")
        Console.say("log level        \(settings.logLevel.rawValue)")
        Console.say("rate limit       \(settings.rateLimit ? "on" : "off")")
        Console.say("payments         \(settings.payments)")
        Console.say("trusted proxies  \(settings.trustedProxies)")
        Console.say("mail from        \(settings.mailFrom)")
        Console.say("mail by          \(settings.mailRoute)")
        Console.say("telemetry        \(settings.telemetry.summary)")
        for line in settings.backends.summary { Console.say(line) }
        let shop: OneProcess
        do {
            shop = try await OneProcess.forCommand(settings)
        } catch {
            Console.complain("FAULT  \(error)")
            throw ExitCode.failure
        }
        for url in try shop.folder.openToOthers() {
            Console.complain("WARN   \(url.path) is open to other users of this machine: chmod go-rwx")
        }
        var faults: [String] = []
        do {
            _ = try shop.folder.offers(logger: .silent)
            if shop.folder.hasOfferRules {
                Console.say("ok     offers.json can be used")
            } else {
                Console.complain(
                    "WARN   there is no offers.json: shipping is priced as from the US, and there is no tax (docs/rules.md)"
                )
            }
        } catch {
            faults.append("\(error)")
        }
        for (name, database) in shop.backends.files.sorted(by: { $0.key < $1.key }) {
            do {
                try await database.checkIntegrity()
                Console.say("ok     \(name).sqlite is sound")
            } catch {
                faults.append("\(name).sqlite: \(error)")
            }
        }
        if let currency = try await shop.products.shopCurrency() {
            Console.say("ok     the shop sells in \(currency.code)")
            if let setting = settings.currency, setting != currency {
                faults.append("MAGPIE_CURRENCY says \(setting.code), but the shop sells in \(currency.code)")
            }
        } else {
            Console.complain("WARN   the shop has no currency yet: its first products decide, or MAGPIE_CURRENCY does")
        }
        if let problem = try await shop.currencyProblem() { faults.append(problem) }
        do {
            try await shop.backends.check()
            let deadLetters = try await shop.eventLog.deadLetters().count
            if deadLetters > 0 { faults.append("\(deadLetters) dead letters: see magpie events dead-letters") }
        } catch {
            faults.append("\(error)")
        }
        let mails = try await shop.notifications.failedMails()
        if mails > 0 { faults.append("\(mails) mails were abandoned: magpie mail retry queues them again") }
        try await shop.close()
        for fault in faults { Console.complain("FAULT  \(fault)") }
        if !faults.isEmpty { throw ExitCode.failure }
    }
}

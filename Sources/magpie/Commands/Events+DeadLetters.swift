import ArgumentParser
import AuditContract
import AuditService
import AuthContract
import AuthService
import Commerce
import EventContract
import EventLog
import Foundation
import Logging
import NotificationService
import ProductService
import SQLiteDriver
import ServiceKit

struct Audit: CommandGroup {
    static let configuration = CommandConfiguration(abstract: "The tamper-evident log.", subcommands: [Verify.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Recomputes the chain; fails on an altered, removed or reordered record.")
        @OptionGroup var options: Settings.Options

        func run() async throws {
            let shop = try await Shop.forCommand(Settings(options))
            let verdict = try await CallContext(principal: .system("audit")).run { try await shop.audit.verify() }
            try await shop.close()
            guard verdict.intact else {
                Console.complain("The chain is broken: \(verdict.fault ?? "unknown fault")")
                throw ExitCode.failure
            }
            Console.say("\(verdict.records) records, chain intact.")
        }
    }
}

struct Events: CommandGroup {
    static let configuration = CommandConfiguration(
        abstract: "The event log.", subcommands: [Replay.self, DeadLetters.self])

    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets a consumer group back to the beginning of its topics; effects still happen once.")
        @Option(help: "audit-service, analytics-service or notification-service.") var group: String
        @Option(help: "One topic only.") var topic: String?
        @OptionGroup var options: Settings.Options

        func run() async throws {
            guard ServiceCatalogue.consumerGroups.contains(group) else {
                throw ValidationError(
                    "--group must be one of \(ServiceCatalogue.consumerGroups.joined(separator: ", "))")
            }
            let topics = try topic.map { name in
                guard let topic = Topic(rawValue: name) else {
                    let names = Topic.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ValidationError("--topic must be one of \(names)")
                }
                return [topic]
            }
            let shop = try await Shop.forCommand(Settings(options))
            var details: [String: String] = [:]
            if let topic { details["topic"] = topic }
            try await shop.record([StaffAct("events.replay", on: group, details)])
            for topic in topics ?? Topic.allCases { try await shop.eventLog.rewind(group: group, topic: topic) }
            try await shop.close()
            Console.say("\(group) reads from the beginning now.")
        }
    }

    struct DeadLetters: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "dead-letters", abstract: "What could not be handled, and why.")
        @Option(help: "The number of a letter, or all: its consumer group handles it once more.") var retry: String?
        @Option(help: "The number of a letter to forget: nobody will handle its event.") var drop: Int64?
        @OptionGroup var options: Settings.Options

        func validate() throws {
            if retry != nil, drop != nil { throw ValidationError("--retry and --drop exclude each other") }
            if let retry, retry != "all", Int64(retry) == nil {
                throw ValidationError("--retry takes the number of a letter, or all")
            }
        }

        func run() async throws {
            let shop = try await Shop.forCommand(Settings(options))
            let letters = try await shop.eventLog.deadLetters()
            let number = drop ?? retry.flatMap { Int64($0) }
            let chosen = letters.filter { number == nil || $0.id == number }
            if let number, chosen.isEmpty { throw Fault("there is no dead letter \(number)") }
            if !chosen.isEmpty, drop != nil || retry != nil {
                let action = drop == nil ? "dead_letter.retry" : "dead_letter.drop"
                try await shop.record(
                    chosen.map {
                        StaffAct(
                            action, on: $0.event.id.rawValue,
                            ["group": $0.group, "type": $0.event.type, "key": $0.event.key])
                    })
            }
            for letter in chosen where drop != nil {
                try await shop.eventLog.removeDeadLetter(of: letter.event.id, group: letter.group)
            }
            for letter in chosen where retry != nil {
                try await shop.eventLog.retryDeadLetter(of: letter.event.id, group: letter.group)
            }
            try await shop.close()
            if drop != nil { return Console.say("Forgotten.") }
            if retry != nil {
                return Console.say("\(chosen.count) to be handled again: now, or when `magpie up` runs.")
            }
            for letter in letters {
                Console.say("\(letter.id)\t\(letter.group)\t\(letter.event.type)\t\(letter.event.id)\t\(letter.reason)")
            }
            Console.say("\(letters.count) dead letters.")
        }
    }
}

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
        for line in settings.engines.summary { Console.say(line) }
        let shop: Shop
        do {
            shop = try await Shop.forCommand(settings)
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
        for (name, database) in shop.engines.files.sorted(by: { $0.key < $1.key }) {
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
            try await shop.engines.check()
            let letters = try await shop.eventLog.deadLetters().count
            if letters > 0 { faults.append("\(letters) dead letters: see magpie events dead-letters") }
        } catch {
            faults.append("\(error)")
        }
        let mails = try await shop.notifications.failedMails()
        if mails > 0 { faults.append("\(mails) mails were given up: magpie mail retry queues them again") }
        try await shop.close()
        for fault in faults { Console.complain("FAULT  \(fault)") }
        if !faults.isEmpty { throw ExitCode.failure }
    }
}

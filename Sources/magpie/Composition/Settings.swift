import ArgumentParser
import Commerce
import Configuration
import Foundation
import Logging
import NotificationService
import Storefront

/// What is in force: flags first, then the environment, then defaults.
///
/// ## Configuration keys
/// - `MAGPIE_DATA`: folder of the shop's data (`./data`).
/// - `MAGPIE_PORT`: the shop's public port (8080).
/// - `MAGPIE_HOST`: the address to listen on (`127.0.0.1`; `0.0.0.0` for every network).
/// - `MAGPIE_OPS_HOST`: the address the operations port listens on (`127.0.0.1`).
/// - `MAGPIE_OPS_PORT`: `/livez`, `/readyz`, `/metrics` (9464).
/// - `MAGPIE_LOG_LEVEL`: `trace` … `critical` (`info`).
/// - `MAGPIE_RATE_LIMIT`: `on` or `off` (`on`).
/// - `MAGPIE_TEST_PAYMENTS`: `on` or `off` (`off`): whether customers can pay with the test provider, which takes no
///   money.
/// - `MAGPIE_TRUSTED_PROXIES`: how many proxies of yours stand before the shop, 0 to 5 (0).
/// - `MAGPIE_PUBLIC_URL`: how customers reach the shop (`http://localhost:<port>`).
/// - `MAGPIE_CURRENCY`: what a new shop sells in (ISO 4217). Stored with the shop, which keeps it.
/// - Those of `ShopProfile`.
/// - `MAGPIE_SMTP_HOST`, `…_PORT` (587), `…_USER`, `…_PASSWORD` (secret), `…_TLS` (`starttls`, `tls`, `none`);
///   without a host mails become files in `outbox-mail/` of the data folder.
/// - `MAGPIE_MAIL_FROM`: the sender's address (`shop@magpie.example`).
/// - `MAGPIE_DRAIN_NOTICE`: seconds that servers go on after readiness has ended, 0 to 10 (0): so long a load balancer
///   and other services have to leave.
/// - Those of `BackendSettings` and `TelemetrySettings`.
///
/// Each secret may lie in a file that `…_FILE` names instead.
struct Settings: Sendable {
    var data: URL
    var host: String
    var port: Int
    var operationsHost: String
    var operationsPort: Int
    var logLevel: Logger.Level
    var rateLimit: Bool
    /// Whether the test provider takes payments: for trying a shop out, never for selling.
    var testPayments: Bool
    /// The last entries of `X-Forwarded-For` that are ours.
    var trustedProxies: Int
    /// Without a slash at its end.
    var publicURL: String
    /// Whether somebody has set it; else it names this process's own port.
    var hasPublicURL: Bool
    /// What a new shop sells in; the shop itself knows what it does sell in.
    var currency: Currency?
    var profile: ShopProfile
    var mailFrom: String
    var smtpHost: String?
    var smtpPort: Int
    var smtpUser: String?
    var smtpPassword: String?
    var smtpTLS: SMTPSettings.TLS
    var backends: BackendSettings
    var telemetry: TelemetrySettings
    /// How long servers go on after readiness has ended.
    var drainNotice: Duration

    static let standardPort = 8080
    private static let ports = 1...65_535

    /// What every command accepts.
    struct Options: ParsableArguments {
        @Option(help: "Folder of the shop's data (default: ./data).") var data: String?
    }

    /// What commands that take orders accept.
    struct Payments: ParsableArguments {
        @Flag(help: "Customers can pay with the test provider, which takes no money.") var testPayments = false
    }

    /// - Throws: `ValidationError` naming the variable that is wrong.
    init(
        _ options: Options, port: Int? = nil, standardPort: Int = Self.standardPort, currency: String? = nil,
        from config: ConfigReader = .magpie, telemetry: ConfigReader = .openTelemetry
    ) throws {
        func fault(_ name: String, _ problem: String) -> ValidationError { ValidationError("\(name) \(problem)") }
        data = URL(
            filePath: options.data ?? config.string(forKey: "data", default: "data"), directoryHint: .isDirectory)
        host = config.string(forKey: "host", default: "127.0.0.1")
        self.port = try port ?? config.number("port", "MAGPIE_PORT", in: Self.ports, default: standardPort)
        guard Self.ports.contains(self.port) else { throw fault("--port", "must be between 1 and 65535") }
        operationsHost = config.string(forKey: "ops.host", default: "127.0.0.1")
        operationsPort = try config.number("ops.port", "MAGPIE_OPS_PORT", in: Self.ports, default: 9464)
        guard operationsPort != self.port else { throw fault("MAGPIE_OPS_PORT", "must differ from MAGPIE_PORT") }
        let level = config.string(forKey: "log.level", default: "info")
        guard let logLevel = Logger.Level(rawValue: level.lowercased()) else {
            throw fault(
                "MAGPIE_LOG_LEVEL", "must be trace, debug, info, notice, warning, error or critical, not '\(level)'")
        }
        self.logLevel = logLevel
        rateLimit = try config.isOn("rate.limit", "MAGPIE_RATE_LIMIT", default: true)
        testPayments = try config.isOn("test.payments", "MAGPIE_TEST_PAYMENTS", default: false)
        trustedProxies = try config.number("trusted.proxies", "MAGPIE_TRUSTED_PROXIES", in: 0...5, default: 0)
        let given = config.string(forKey: "public.url")
        hasPublicURL = given != nil
        let address = given ?? "http://localhost:\(self.port)"
        publicURL = String(address.reversed().drop { $0 == "/" }.reversed())
        guard let url = URL(string: publicURL), ["http", "https"].contains(url.scheme), url.host() != nil else {
            throw fault("MAGPIE_PUBLIC_URL", "must be an http or https address")
        }
        self.currency = try (currency ?? config.string(forKey: "currency")).map { code throws -> Currency in
            guard let known = Currency(code) else {
                let name = currency == nil ? "MAGPIE_CURRENCY" : "--currency"
                throw fault(name, "must be an ISO 4217 code, such as EUR, not '\(code)'")
            }
            return known
        }
        profile = try ShopProfile(config: config)
        mailFrom = config.string(forKey: "mail.from", default: "shop@magpie.example")
        smtpHost = config.string(forKey: "smtp.host")
        smtpPort = try config.number("smtp.port", "MAGPIE_SMTP_PORT", in: Self.ports, default: 587)
        smtpUser = config.string(forKey: "smtp.user")
        smtpPassword = try config.secret("smtp.password", "MAGPIE_SMTP_PASSWORD")
        let tls = config.string(forKey: "smtp.tls", default: "starttls")
        guard let smtpTLS = SMTPSettings.TLS(rawValue: tls) else {
            throw fault("MAGPIE_SMTP_TLS", "must be starttls, tls or none, not '\(tls)'")
        }
        self.smtpTLS = smtpTLS
        backends = try BackendSettings(config: config)
        self.telemetry = try TelemetrySettings(config: telemetry)
        let notice = config.string(forKey: "drain.notice", default: "0")
        guard let seconds = Double(notice), (0...10).contains(seconds) else {
            throw fault("MAGPIE_DRAIN_NOTICE", "must be a number of seconds from 0 to 10, not '\(notice)'")
        }
        drainNotice = .seconds(seconds)
    }
}

extension Settings {
    /// What customers can pay with.
    var payments: String {
        testPayments
            ? "test provider: nothing is charged, never sell with it"
            : "none: checkout is refused (up --demo, --test-payments or MAGPIE_TEST_PAYMENTS=on to try it out)"
    }

    /// How mails leave, without the password.
    var mailRoute: String {
        guard let smtpHost else { return "files in the data folder" }
        let account = smtpUser.map { "user \($0), \(smtpPassword == nil ? "no password" : "password ****")" }
        return "\(smtpHost):\(smtpPort), TLS \(smtpTLS.rawValue), \(account ?? "no user")"
    }
}

extension ConfigReader {
    static let magpie = ConfigReader(environment: ProcessInfo.processInfo.environment)

    /// - Parameter name: The variable, for the `ValidationError` that is thrown for anything but a number of the range.
    func number(_ key: ConfigKey, _ name: String, in range: ClosedRange<Int>, default fallback: Int) throws -> Int {
        guard let text = string(forKey: key) else { return fallback }
        guard let number = Int(text), range.contains(number) else {
            throw ValidationError(
                "\(name) must be a number from \(range.lowerBound) to \(range.upperBound), not '\(text)'")
        }
        return number
    }

    /// - Parameter name: The variable, for the `ValidationError` that is thrown for anything but `on` and `off`.
    func isOn(_ key: ConfigKey, _ name: String, default fallback: Bool) throws -> Bool {
        guard let text = string(forKey: key) else { return fallback }
        guard ["on", "off"].contains(text) else { throw ValidationError("\(name) must be on or off, not '\(text)'") }
        return text == "on"
    }

    /// The variable, or what lies in the file that `…_FILE` names. Throws `ValidationError` when that cannot be read.
    func secret(_ key: ConfigKey, _ name: String) throws -> String? {
        if let text = string(forKey: key, isSecret: true) { return text }
        guard let path = string(forKey: ConfigKey(key.components + ["file"])) else { return nil }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw ValidationError("\(name)_FILE names \(path), which cannot be read")
        }
        return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    /// The `MAGPIE_…` variables; one that is set to nothing counts as unset.
    init(environment: [String: String]) {
        let variables = environment.filter { !$0.value.isEmpty }
        self = ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: variables)).scoped(
            to: "magpie")
    }
}

extension Settings {
    /// - Parameter quiet: For short commands: warnings only.
    func logger(_ label: String, quiet: Bool = false) -> Logger {
        var logger = Logger(label: label)
        logger.logLevel = quiet ? .warning : logLevel
        return logger
    }

    /// Whether customers come by HTTPS.
    var isSecure: Bool { publicURL.hasPrefix("https:") }
}

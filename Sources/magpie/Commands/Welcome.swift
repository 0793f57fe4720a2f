import Foundation

/// The last lines of a start: where to click, who can log in, where the data lies.
struct Welcome: Sendable {
    let settings: Settings
    let folder: DataFolder
    let accounts: [DemoAccount]

    func print() {
        Console.say("")
        Console.say("  The shop:       \(settings.publicURL)")
        Console.say("  The API:        \(settings.publicURL)/api/v1 (described at \(settings.publicURL)/openapi.json)")
        Console.say("  Operations:     http://localhost:\(settings.operationsPort)/ops, /readyz and /metrics")
        Console.say("  Data:           \(folder.root.path)")
        Console.say("  Mail:           \(settings.smtpHost ?? folder.mail.path)")
        Console.say("  Payments:       \(settings.payments)")
        for account in accounts { Console.say("  \(account.line)") }
        Console.say("")
        Console.say("  Stop with Ctrl-C.")
    }
}

import ArgumentParser
import ServiceKit

/// What the services compare all the time, now and as a whole.
struct Correctness: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compares orders, payments, stock, events, mails and audit records now; fails on any violation.",
        discussion: "docs/correctness.md says what each check compares and what to do.")
    @OptionGroup var options: Settings.Options

    func run() async throws {
        let shop = try await OneProcess.forCommand(Settings(options))
        var rows: [[String]] = []
        var isGood = true
        for module in ServiceList.inOrderOfCalls {
            for check in try await shop.composition.checks(of: module) {
                do {
                    let finding = try await check.run(.everything)
                    isGood = isGood && finding.violations == 0
                    rows.append(
                        [check.service, check.name, String(finding.violations), finding.ids.joined(separator: ", ")])
                } catch {
                    isGood = false
                    rows.append([check.service, check.name, "unknown", "\(error)"])
                }
            }
        }
        try await shop.close()
        Console.table(["service", "check", "violations", "about"], rows)
        if !isGood { throw ExitCode.failure }
    }
}

import ArgumentParser
import AuditContract
import AuditService
import ServiceKit

extension Audit {
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Recomputes the chain; fails on an altered, removed or reordered record.")
        @OptionGroup var options: Settings.Options

        func run() async throws {
            let shop = try await OneProcess.forCommand(Settings(options))
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

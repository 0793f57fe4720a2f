import ArgumentParser
import Commerce
import EventContract
import EventLog

extension Events {
    struct DeadLetters: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "dead-letters", abstract: "What could not be handled, and why.")
        @Option(help: "The number of a dead letter, or all: its consumer group handles it once more.")
        var retry: String?
        @Option(help: "The number of a dead letter to drop: nobody will handle its event.") var drop: Int64?
        @OptionGroup var options: Settings.Options

        func validate() throws {
            if retry != nil, drop != nil { throw ValidationError("--retry and --drop exclude each other") }
            if let retry, retry != "all", Int64(retry) == nil {
                throw ValidationError("--retry takes the number of a dead letter, or all")
            }
        }

        func run() async throws {
            let shop = try await OneProcess.forCommand(Settings(options))
            let deadLetters = try await shop.eventLog.deadLetters()
            let number = drop ?? retry.flatMap { Int64($0) }
            let chosen = deadLetters.filter { number == nil || $0.id == number }
            if let number, chosen.isEmpty { throw Fault("there is no dead letter \(number)") }
            if !chosen.isEmpty, drop != nil || retry != nil {
                let action = drop == nil ? "dead_letter.retry" : "dead_letter.drop"
                try await shop.record(
                    chosen.map {
                        StaffAction(
                            action, on: $0.event.id.rawValue,
                            ["group": $0.group, "type": $0.event.type, "key": $0.event.key])
                    })
            }
            for deadLetter in chosen where drop != nil {
                try await shop.eventLog.removeDeadLetter(of: deadLetter.event.id, group: deadLetter.group)
            }
            for deadLetter in chosen where retry != nil {
                try await shop.eventLog.retryDeadLetter(of: deadLetter.event.id, group: deadLetter.group)
            }
            try await shop.close()
            if drop != nil { return Console.say("Forgotten.") }
            if retry != nil {
                return Console.say("\(chosen.count) to be handled again: now, or when `magpie up` runs.")
            }
            for deadLetter in deadLetters {
                Console.say(
                    "\(deadLetter.id)\t\(deadLetter.group)\t\(deadLetter.event.type)\t\(deadLetter.event.id)\t\(deadLetter.reason)"
                )
            }
            Console.say("\(deadLetters.count) dead letters.")
        }
    }
}

import ArgumentParser
import EventContract
import EventLog

extension Events {
    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets a consumer group back to the beginning of its topics; effects still happen once.")
        @Option(help: "audit-service, analytics-service or notification-service.") var group: String
        @Option(help: "One topic only.") var topic: String?
        @OptionGroup var options: Settings.Options

        func run() async throws {
            guard ServiceList.consumerGroups.contains(group) else {
                throw ValidationError(
                    "--group must be one of \(ServiceList.consumerGroups.joined(separator: ", "))")
            }
            let topics = try topic.map { name in
                guard let topic = Topic(rawValue: name) else {
                    let names = Topic.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ValidationError("--topic must be one of \(names)")
                }
                return [topic]
            }
            let shop = try await OneProcess.forCommand(Settings(options))
            var details: [String: String] = [:]
            if let topic { details["topic"] = topic }
            try await shop.record([StaffAction("events.replay", on: group, details)])
            for topic in topics ?? Topic.allCases { try await shop.eventLog.rewind(group: group, topic: topic) }
            try await shop.close()
            Console.say("\(group) reads from the beginning now.")
        }
    }
}

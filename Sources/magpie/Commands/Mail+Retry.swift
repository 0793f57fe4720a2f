import ArgumentParser
import NotificationService

extension Mail {
    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Queues every abandoned mail once more.")
        @OptionGroup var options: Settings.Options

        func run() async throws {
            let shop = try await OneProcess.forCommand(Settings(options))
            let failed = try await shop.notifications.failedMails()
            var count = 0
            if failed > 0 {
                try await shop.record([StaffAction("mails.retry", on: "mails", ["count": String(failed)])])
                count = try await shop.notifications.retryFailedMails()
            }
            try await shop.close()
            Console.say("\(count) mails are queued again.")
        }
    }
}

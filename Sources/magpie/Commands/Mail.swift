import ArgumentParser
import Commerce
import NotificationService

struct Mail: CommandGroup {
    static let configuration = CommandConfiguration(abstract: "Mails to customers.", subcommands: [Retry.self])

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Queues every mail that was given up once more.")
        @OptionGroup var options: Settings.Options

        func run() async throws {
            let shop = try await Shop.forCommand(Settings(options))
            let failed = try await shop.notifications.failedMails()
            var count = 0
            if failed > 0 {
                try await shop.record([StaffAct("mails.retry", on: "mails", ["count": String(failed)])])
                count = try await shop.notifications.retryFailedMails()
            }
            try await shop.close()
            Console.say("\(count) mails are queued again.")
        }
    }
}

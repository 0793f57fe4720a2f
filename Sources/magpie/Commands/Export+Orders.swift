import ArgumentParser
import OrderContract
import OrderService
import ServiceKit

extension Export {
    struct Orders: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Every order, newest first.")
        @OptionGroup var options: Settings.Options

        func run() async throws {
            try await Export.write("orders", options) { shop, cursor in
                var query = OrderQuery()
                query.page = PageRequest(cursor: cursor, limit: 100)
                return try await shop.orders.orders(query)
            }
        }
    }
}

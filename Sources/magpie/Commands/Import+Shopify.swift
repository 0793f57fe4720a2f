import ArgumentParser
import CatalogueImport
import Foundation
import ServiceKit

extension Import {
    struct Shopify: AsyncParsableCommand {
        /// How many problems of a kind are printed.
        private static let listed = 10

        static let configuration = CommandConfiguration(
            abstract: "Loads a product export of Shopify (CSV). The same file twice changes nothing.")
        @Argument(help: "The CSV file.") var file: String
        @Option(help: "The currency of its prices (ISO 4217; default: the shop's).") var currency: String?
        @Flag(help: "The shop sells in this currency from now on; its products may get prices in it.")
        var changeCurrency = false
        @Option(help: "A file to write to, in full, what was not taken over as it stands.") var report: String?
        @OptionGroup var options: Settings.Options

        func run() async throws {
            guard let bytes = FileManager.default.contents(atPath: file) else {
                Console.complain("\(file) cannot be read.")
                throw ExitCode.failure
            }
            let shop = try await OneProcess.forCommand(Settings(options), new: true)
            let currency = try await shop.currencyOfImport(currency, mayChange: changeCurrency)
            let report = try await CallContext(principal: .system("import")).run {
                try await importCatalogue(
                    Array(bytes), currency: currency, changesCurrency: changeCurrency, into: shop.products
                ) { done, total in Console.progress("Products", done, of: total) }
            }
            if changeCurrency, report.created + report.updated + report.unchanged > 0 {
                try await shop.changeCurrency(to: currency)
            }
            let currencyProblem = try await shop.currencyProblem()
            try await shop.close()
            if let currencyProblem { Console.complain("WARN   \(currencyProblem)") }
            for line in report.lines(limit: Self.listed) { Console.complain(line) }
            if let all = self.report {
                let text = ([report.summary] + report.lines(limit: nil)).joined(separator: "\n") + "\n"
                guard FileManager.default.createFile(atPath: all, contents: Data(text.utf8)) else {
                    throw Fault("The products are imported, but the report \(all) cannot be written.")
                }
            } else if report.problems.count > Self.listed {
                Console.complain("With --report FILE all of it is written to a file.")
            }
            Console.say(report.summary)
            if !report.isComplete { throw ExitCode.failure }
        }
    }
}

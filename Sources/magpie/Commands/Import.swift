import ArgumentParser

struct Import: CommandGroup {
    static let configuration = CommandConfiguration(
        abstract: "Loads products into the catalogue.", subcommands: [Shopify.self])
}

import ArgumentParser

@main
struct Magpie: CommandGroup {
    static let configuration = CommandConfiguration(
        commandName: "magpie",
        abstract: "A complete shop: catalogue, carts, orders, payments, mail, reports.",
        discussion: "Start with `magpie up --demo` and open http://localhost:8080.",
        subcommands: [
            Up.self, Serve.self, Migrate.self, Demo.self, Import.self, Export.self, Admin.self, Audit.self, Events.self,
            Mail.self, Backup.self, Restore.self,
            Doctor.self, Correctness.self, Health.self, Services.self, Metrics.self,
        ])
}

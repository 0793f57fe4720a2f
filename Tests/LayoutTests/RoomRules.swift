/// The rooms of a service: which there are, in which order, and what may be named from where.
struct RoomRules {
    /// A room with a higher number may name what a lower one declares, never the reverse.
    static let levels = ["API": 3, "UseCases": 2, "Storage": 1, "Events": 1, "Domain": 0]
    /// At most one further room of a service, on the level of Storage.
    static let specialRooms = ["Storefront": "Pages", "Notification": "Mail", "Order": "Payments"]
    /// What a pure domain may import besides the contracts of the areas: values, and libraries that only compute.
    static let domainImports: Set<String> = ["Commerce", "ServiceKit", "FoundationEssentials", "Crypto", "HTML"]

    struct Place {
        let service: String
        /// Nil for the files beside the rooms.
        let room: String?
        var level: Int? { room.map { RoomRules.levels[$0] ?? 1 } }
    }

    /// Where the types of a file count: settings are values that every room may read.
    private static func levelOfTypes(in file: SourceFile, at place: Place) -> Int {
        if place.room == nil, file.fileName.hasSuffix("Settings.swift") { return 0 }
        return place.level ?? 4
    }

    /// Where a file lies, when it is one of a service.
    static func place(of file: SourceFile) -> Place? {
        let folders = file.folders
        guard folders.count >= 3, folders[0] == "Sources", folders[1] == "Services" else { return nil }
        return Place(service: String(folders[2]), room: folders.count > 3 ? String(folders[3]) : nil)
    }

    /// One line for each file that lies in the wrong place.
    static func misplaced(_ files: [SourceFile]) -> [String] {
        files.compactMap { file in
            guard let place = place(of: file) else { return nil }
            if let room = place.room {
                let isRoom = levels[room] != nil || specialRooms[place.service] == room
                return isRoom ? nil : "\(file.path): \(place.service) has no room \(room)"
            }
            let allowed = [place.service, "\(place.service)Service"].flatMap { ["\($0).swift", "\($0)Settings.swift"] }
            return allowed.contains(String(file.fileName)) ? nil : "\(file.path): belongs in a room"
        }
    }

    /// One line for each name that a file uses of a room above its own.
    static func upwardReferences(_ files: [SourceFile]) -> [String] {
        let places = files.compactMap { file in place(of: file).map { (file, $0) } }
        return Dictionary(grouping: places) { $0.1.service }.values.flatMap { service in
            // A name that two rooms declare counts for the lower one.
            var levelOfType: [String: Int] = [:]
            for (file, place) in service {
                for type in file.types {
                    levelOfType[type.name] = min(levelOfType[type.name] ?? 4, levelOfTypes(in: file, at: place))
                }
            }
            return service.flatMap { file, place -> [String] in
                guard let level = place.level else { return [] }
                // API implements the contract as extensions of the service itself.
                let ceiling = level == 3 ? 4 : level
                return levelOfType.filter { $0.value > ceiling && file.identifiers.contains($0.key) }
                    .map { "\(file.path) names \($0.key) of a room above" }
            }
        }.sorted()
    }

    /// One line for each import that makes a domain impure.
    static func impureImports(_ files: [SourceFile]) -> [String] {
        files.filter { place(of: $0)?.room == "Domain" }.flatMap { file in
            file.imports
                .filter { !domainImports.contains($0) && !$0.hasSuffix("Contract") }
                .map { "\(file.path) imports \($0)" }
        }
    }
}

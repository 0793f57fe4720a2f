package enum MigrationError: Error, CustomStringConvertible {
    case newerSchema(String)
    case diverged(String)
    case olderSchema(String)

    package var description: String {
        switch self {
        case .newerSchema(let id):
            "The data was written by a newer Magpie (migration \(id)). Run that version, or restore an older backup."
        case .olderSchema(let id): "The schema lacks migration \(id): run magpie migrate."
        case .diverged(let id): "The schema's history differs from this program's at migration \(id)."
        }
    }
}

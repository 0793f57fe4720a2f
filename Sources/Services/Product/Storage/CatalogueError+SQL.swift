import SQL
import ServiceKit

extension CatalogueError {
    /// What a fault of the database means to callers; nil when it is a fault of ours.
    static func meaning(of error: SQLError) -> ServiceError? {
        switch error {
        case .unavailable, .unwritable: .unavailable("The catalogue")
        case .unique(let what) where what.contains("handle"): handleTaken
        default: nil
        }
    }
}

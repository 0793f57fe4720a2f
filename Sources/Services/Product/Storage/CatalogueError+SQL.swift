import SQL
import ServiceKit

extension CatalogueError {
    /// What a violated constraint means to callers; nil for any other error.
    static func meaning(of error: SQLError) -> ServiceError? {
        switch error {
        case .unique(let what) where what.contains("handle"): handleTaken
        default: nil
        }
    }
}

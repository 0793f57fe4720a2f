import Commerce
import ProductContract

/// An archived product stands under its id in the column that is unique.
struct HandleColumns {
    let handle: String
    let archivedHandle: String?

    init(_ draft: ProductDraft, id: ProductID) {
        let isArchived = draft.status == .archived
        handle = isArchived ? id.rawValue : draft.handle
        archivedHandle = isArchived ? draft.handle : nil
    }
}

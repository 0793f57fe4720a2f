import Commerce
import ProductContract

/// The titles that lead from the top of the category tree to a category: `Home & Garden > Kitchen > Mugs`. A plain name is
/// a category at the top.
struct CategoryPath {
    let titles: [String]

    init(_ text: String) { titles = text.split(separator: ">").map { String($0).trimmed }.filter { !$0.isEmpty } }

    var text: String { titles.joined(separator: " > ") }

    /// Whether only the spelling differs.
    func isSame(as other: CategoryPath) -> Bool { titles.map(Slug.of) == other.titles.map(Slug.of) }

    /// Whether this is a category at the top that is called as the other's last step.
    func isFlatForm(of other: CategoryPath) -> Bool {
        guard titles.count == 1, other.titles.count > 1, let title = titles.first, let last = other.titles.last else {
            return false
        }
        return Slug.of(title) == Slug.of(last)
    }
}

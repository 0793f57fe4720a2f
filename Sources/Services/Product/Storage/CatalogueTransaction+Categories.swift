import Commerce
import ProductContract
import SQL

extension CatalogueTransaction {
    private struct Node {
        var id: CategoryID
        var handle: String
        /// From the top to its title.
        var path: CategoryPath
        var title: String
    }

    /// The id of the category that the path leads to; what there is not of it is made. A category keeps its parent, so
    /// there are no cycles.
    func category(_ path: String?) throws -> CategoryID? {
        guard let path else { return nil }
        var node: Node?
        for title in CategoryPath(path).titles { node = try child(title, of: node) }
        return node?.id
    }

    private func child(_ title: String, of parent: Node?) throws -> Node {
        if let known = try existing(title, below: parent) { return known }
        try tx.lock("categories")
        if let known = try existing(title, below: parent) { return known }
        let node = Node(
            id: CategoryID(at: now), handle: try freeHandle(for: title, below: parent),
            path: CategoryPath(((parent?.path.titles ?? []) + [title]).joined(separator: ">")), title: title)
        try tx.execute(
            """
            INSERT INTO categories (id, handle, title, parent_id, path)
            VALUES (\(node.id), \(node.handle), \(title), \(parent?.id), \(node.path.text))
            """)
        return node
    }

    /// By its title, else by what differs from it in spelling only.
    private func existing(_ title: String, below parent: Node?) throws -> Node? {
        let siblings: SQLStatement = if let parent { "parent_id = \(parent.id)" } else { "parent_id IS NULL" }
        // Its handle may have been made by other rules when it was new.
        if let row = try tx.first(
            """
            SELECT id, handle, title, path FROM categories WHERE \(siblings) AND title = \(title) ORDER BY id LIMIT 1
            """)
        {
            return try node(row)
        }
        let slug = Slug.of(title)
        let rows = try tx.query("SELECT id, handle, title, path FROM categories WHERE \(siblings) ORDER BY id")
        let nodes = try rows.map(node)
        return nodes.first { $0.handle == slug } ?? nodes.first { Slug.of($0.title) == slug }
    }

    private func node(_ row: SQLRow) throws -> Node {
        let title = try row.string("title")
        return Node(
            id: try row.id("id"), handle: try row.string("handle"),
            path: CategoryPath(try row.optionalString("path") ?? title), title: title)
    }

    /// Made of the title; where another category has that, of the parent's too, then with a number.
    private func freeHandle(for title: String, below parent: Node?) throws -> String {
        let first = Slug.of(title)
        let second = parent.map { Slug.of("\($0.title) \(title)") } ?? first
        var (candidate, number) = (first, 1)
        while try tx.first("SELECT id FROM categories WHERE handle = \(candidate)") != nil {
            if candidate == first, second != first {
                candidate = second
            } else {
                number += 1
                candidate = Slug.numbered(second, number)
            }
        }
        return candidate
    }
}

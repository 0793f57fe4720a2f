import Commerce
import ProductContract
import SQL

/// The categories of the catalogue.
enum CategoryTable {
    private struct Node {
        var category: ProductContract.Category
        var parent: CategoryID?
    }

    /// Those that have published products, themselves or below them, as trees in the order of their titles.
    static func published(in tx: any SQLTransaction) throws -> [ProductContract.Category] {
        let rows = try tx.query(
            """
            SELECT c.id, c.handle, c.title, c.parent_id, COUNT(p.number) AS total
            FROM categories c LEFT JOIN products p ON p.category_id = c.id AND p.status = 'published'
            GROUP BY c.id, c.handle, c.title, c.parent_id ORDER BY c.title
            """)
        let nodes = try rows.map { row in
            Node(
                category: ProductContract.Category(
                    id: try row.id("id"), handle: try row.string("handle"), title: try row.string("title"),
                    productCount: try row.int("total")),
                parent: try row.optionalID("parent_id"))
        }
        return trees(below: nil, Dictionary(grouping: nodes, by: \.parent))
    }

    private static func trees(
        below parent: CategoryID?, _ nodes: [CategoryID?: [Node]]
    ) -> [ProductContract.Category] {
        (nodes[parent] ?? []).map { node in
            var category = node.category
            category.children = trees(below: category.id, nodes)
            category.productCount += category.children.reduce(0) { $0 + $1.productCount }
            return category
        }.filter { $0.productCount > 0 }
    }

    /// The ids of the category of this handle or id and of all below it.
    static func subtree(of name: String) -> SQLStatement {
        """
        WITH RECURSIVE subtree (id) AS (
            SELECT id FROM categories WHERE handle = \(name) OR id = \(name)
            UNION SELECT k.id FROM categories k JOIN subtree s ON k.parent_id = s.id
        ) SELECT id FROM subtree
        """
    }

    /// A table `lineage` of every category with itself and each one above it.
    static let lineage = """
        lineage (category_id, ancestor_id) AS (
            SELECT id, id FROM categories
            UNION SELECT l.category_id, k.parent_id FROM lineage l
                JOIN categories k ON k.id = l.ancestor_id WHERE k.parent_id IS NOT NULL
        )
        """
}

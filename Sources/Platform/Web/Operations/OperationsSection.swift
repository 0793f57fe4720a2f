/// A part of the operations page: what it means, where to read on, and its tables.
struct OperationsSection: Sendable {
    /// Where the page's own links lead to.
    let id: String
    let title: String
    /// One sentence for somebody who was woken.
    let meaning: String
    /// Names of alerts, after which the runbooks in `docs/sre/runbooks` are named.
    let runbooks: [String]
    let tables: [OperationsTable]

    var findings: [Finding] { tables.flatMap(\.findings) }

    var markup: Markup {
        let files = runbooks.map { name -> Markup in "<li><code>\(name).md</code></li>" }
        return """
            <section id="\(id)" aria-labelledby="\(id)-title">
            <h2 id="\(id)-title">\(title)</h2>
            <p>\(meaning)</p>
            \(tables.map(\.markup))
            <div class="runbooks">Runbooks in <code>docs/sre/runbooks/</code>: <ul>\(files)</ul></div>
            </section>
            """
    }
}

/// What becomes of a document, and what its change answers.
package struct KeyValueChange<Value> {
    /// nil leaves the document as it is.
    package var store: [UInt8]?
    package var creating: [NewEntry]
    package var result: Value

    package init(store: [UInt8]? = nil, creating: [NewEntry] = [], result: Value) {
        self.store = store
        self.creating = creating
        self.result = result
    }
}

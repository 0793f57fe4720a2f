/// The new document, and the result of the change.
package struct KeyValueChange<Value> {
    /// nil leaves the document unchanged.
    package var store: [UInt8]?
    package var creating: [NewEntry]
    package var result: Value

    package init(store: [UInt8]? = nil, creating: [NewEntry] = [], result: Value) {
        self.store = store
        self.creating = creating
        self.result = result
    }
}

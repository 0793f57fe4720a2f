package struct LoggedEvent: Sendable {
    /// The part of the topic whose events are in order among themselves; the embedded log has one only.
    package var partition: Int32
    package var offset: Int64
    /// The offset of the event before it in its partition, for the first of a batch what the group had committed.
    package var after: Int64
    package var event: Event
    package init(partition: Int32 = 0, offset: Int64, after: Int64, event: Event) {
        self.partition = partition
        self.offset = offset
        self.after = after
        self.event = event
    }
}

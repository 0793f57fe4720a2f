package import Logging

extension LogHandler {
    /// What is logged with an event: the handler's metadata, the provider's over it, the event's own over both.
    package func allMetadata(of event: LogEvent) -> Logger.Metadata {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { _, new in new } }
        if let own = event.metadata { all.merge(own) { _, new in new } }
        return all
    }
}

import EventLog
import TestSupport
import Testing

@testable import KafkaDriver

@Suite struct MembershipTests {
    private func membership(_ records: [(partition: Int32, offset: Int64)]) throws -> Membership {
        var membership = Membership()
        membership.assign([0, 1], at: .now)
        for record in records {
            membership.receive(
                try SampleEvents.cancelled("\(record.offset)"), partition: record.partition, offset: record.offset)
        }
        return membership
    }

    /// `#expect` cannot call a mutating method.
    private func commits(_ membership: inout Membership, _ event: LoggedEvent) -> Bool { membership.commit(event) }

    @Test func eachPartitionHasItsOwnOrder() throws {
        var membership = try membership([(0, 7), (1, 3), (0, 8)])
        let events = membership.waiting
        #expect(commits(&membership, events[1]))
        #expect(!commits(&membership, events[2]))
        #expect(commits(&membership, events[0]))
        #expect(commits(&membership, events[2]))
        #expect(!commits(&membership, events[2]))
        #expect(membership.uncommitted == [0: 9, 1: 4])
        #expect(membership.waiting.isEmpty)
    }

    @Test func whatTheBrokersConfirmedIsNotCommittedAgain() throws {
        var membership = try membership([(0, 7), (0, 8)])
        let events = membership.waiting
        #expect(commits(&membership, events[0]))
        let offsets = membership.uncommitted
        #expect(commits(&membership, events[1]))
        membership.confirm(offsets)
        #expect(membership.uncommitted == [0: 9])
        membership.confirm([0: 9])
        #expect(membership.uncommitted.isEmpty)
        #expect(membership.next == [0: 9])
    }

    @Test func revokingAPartitionReturnsWhatIsUncommittedAndDropsTheRest() throws {
        var membership = try membership([(0, 7), (0, 8), (1, 3)])
        let events = membership.waiting
        #expect(commits(&membership, events[0]))
        let left = membership.revoke([0])
        #expect(left == [0: 8])
        #expect(membership.waiting.map(\.partition) == [1])
        #expect(!commits(&membership, events[1]))
        membership.assign([0], at: .now)
        #expect(!commits(&membership, events[1]))
        membership.receive(events[1].event, partition: 0, offset: 8)
        #expect(commits(&membership, events[1]))
    }

    /// The member that had the partition before may have lost it before it read the request.
    @Test func aRewindAppliesToPartitionsAssignedSoonAfter() throws {
        var membership = try membership([])
        let now = ContinuousClock.now
        membership.requestRewind(until: now + .seconds(20))
        membership.mustRewind = false
        membership.assign([2], at: now + .seconds(19))
        #expect(membership.mustRewind)
        membership.mustRewind = false
        membership.assign([3], at: now + .seconds(20))
        #expect(!membership.mustRewind)
    }

    @Test func anOldBatchDoesNotUndoARewind() throws {
        var membership = try membership([(0, 0), (0, 1)])
        let events = membership.waiting
        #expect(commits(&membership, events[0]))
        membership.restart([0])
        #expect(!commits(&membership, events[1]))
        #expect(membership.uncommitted == [0: 0])
        membership.receive(events[0].event, partition: 0, offset: 0)
        #expect(!commits(&membership, events[1]))
        #expect(commits(&membership, events[0]))
    }

    @Test func aRecordThatIsNoEventBlocksNothing() throws {
        var membership = try membership([(0, 7)])
        membership.skip(partition: 0, offset: 8)
        membership.receive(try SampleEvents.cancelled("9"), partition: 0, offset: 9)
        for event in membership.waiting { #expect(commits(&membership, event)) }
        membership.skip(partition: 0, offset: 10)
        #expect(membership.uncommitted == [0: 11])
        membership.receive(try SampleEvents.cancelled("11"), partition: 0, offset: 11)
        #expect(commits(&membership, membership.waiting[0]))
    }
}

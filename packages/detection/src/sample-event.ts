import { type Event, ocsfVersion } from '@haidang/contracts/event'
import type { Subject } from './subject.ts'

/** An event of documentation addresses with the given parts, for tests and measurements. */
export function sampleEvent(parts: Partial<Event>): Event {
  return {
    id: 'evt_0192f0c1-0000-8000-8000-000000000001',
    organisation_id: 'org_0192f0c1-0000-7000-8000-000000000001',
    tlp: 'amber',
    node_id: 'nod_0192f0c1-0000-7000-8000-000000000001',
    source_id: 'src_0192f0c1-0000-7000-8000-000000000001',
    time: '2026-01-05T02:00:00.000Z',
    received_time: '2026-01-05T02:00:01.000Z',
    class_uid: 0,
    activity_id: 0,
    severity_id: 1,
    message: '',
    metadata: { version: ocsfVersion, product: 'test', parser: 'json', simulated: true },
    logsource: {},
    observables: [],
    unmapped: {},
    raw_data: '{}',
    ...parts,
  }
}

/** A record of JSON with the event it could have become, for tests and measurements. */
export function sampleSubject(
  record: Record<string, unknown>,
  parts: Partial<Event> = {},
): Subject {
  return { event: sampleEvent({ raw_data: JSON.stringify(record), ...parts }), record }
}

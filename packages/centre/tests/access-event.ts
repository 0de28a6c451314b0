import type { Event } from '@haidang/contracts/event'
import type { Lot } from './access-ground.ts'

/** An event of the organisation and TLP of a lot, at a moment in milliseconds. */
export function eventOf({ things, tlp }: Lot, id: string, now: number): Event {
  const time = new Date(now).toISOString()
  return {
    id,
    organisation_id: things.organisation,
    tlp,
    node_id: 'nod_a',
    source_id: 'src_a',
    time,
    received_time: time,
    class_uid: 3002,
    activity_id: 1,
    severity_id: 1,
    message: 'x',
    logsource: {},
    observables: [],
    unmapped: {},
    raw_data: 'x',
    metadata: { version: '1.6.0', product: 'x', parser: 'x', simulated: true },
  }
}

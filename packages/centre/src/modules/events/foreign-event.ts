import { Event } from '@haidang/contracts/event'
import { millisecondsOf } from '@haidang/contracts/instant'
import { Origin } from '@haidang/contracts/link'
import type { Sender } from '../../letters.ts'

/** An event's id follows from its place at its node, so it needs no number of the first stream it travelled on. */
const Relayed = Origin.partial({ seq: true })
const longestId = 200
const day = 86_400_000
/** Partitions are days of receipt: a child must not open any number of them. */
const oldest = 400 * day

/**
 * An event a child sent, as this node keeps it: owned by the organisation its certificate is bound to, of
 * the node where it was made. Undefined with the cause for what is no event, or lies out of any time.
 */
export function foreignEvent(value: unknown, sender: Sender, now: number): Event | string {
  const read = Event.safeParse(value)
  if (!read.success) {
    const [issue] = read.error.issues
    return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`.slice(0, 200)
  }
  const event = read.data
  const cause = unfit(event, now)
  if (cause !== undefined) return cause
  const { node_id, organisation_id } = sender
  const isRelayed = Relayed.safeParse((value as { origin?: unknown }).origin).success
  return {
    ...event,
    organisation_id,
    node_id: isRelayed ? event.node_id.slice(0, longestId) : node_id,
    source_id: event.source_id.slice(0, longestId),
  }
}

/** What the event store could not hold. */
function unfit(event: Event, now: number): string | undefined {
  const { class_uid, activity_id, http_response } = event
  const received = millisecondsOf(event.received_time)
  if (!(millisecondsOf(event.time) >= 0)) return 'time: before 1970'
  if (received < now - oldest || received > now + day) return 'received_time: not of this time'
  if (class_uid < 0 || class_uid > 65_535) return 'class_uid: not an OCSF class'
  if (activity_id < 0 || activity_id > 255) return 'activity_id: not an OCSF activity'
  const code = http_response?.code ?? 0
  return code < 0 || code > 65_535 ? 'http_response.code: not a status' : undefined
}

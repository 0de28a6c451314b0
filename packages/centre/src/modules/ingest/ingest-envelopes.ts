import { type DetectionFinding, findingOf } from '@haidang/contracts/detection-finding'
import { Origin as RecordOrigin } from '@haidang/contracts/link'
import { type WrittenAlert, wholeAlert } from '@haidang/contracts/written-alert'

/** A finding of a child on its way further up, with where it was first numbered (link.md section 2). */
type RelayedFinding = DetectionFinding & { readonly origin: RecordOrigin }

/**
 * What a node with a parent of its own says there of what its child sent: the alerts that were new, as this
 * node keeps them. `records` and `numbers` are the child's, in the same order. A child that itself relayed a
 * record named its origin, which stays.
 */
export function relayed(
  child: { readonly node_id: string },
  records: readonly unknown[],
  numbers: readonly number[],
  fresh: readonly WrittenAlert[],
): RelayedFinding[] {
  const places = new Map(records.map((record, index) => [idIn(record), index]))
  return fresh.flatMap((one) => {
    const index = places.get(one.head.id)
    const seq = index === undefined ? undefined : numbers[index]
    if (index === undefined || seq === undefined) return []
    const own = { node: child.node_id, stream: 'alerts', seq } as const
    return [{ ...findingOf(wholeAlert(one)), origin: originIn(records[index]) ?? own }]
  })
}

function idIn(record: unknown): unknown {
  return field(field(field(record, 'unmapped'), 'haidang'), 'id')
}

function originIn(record: unknown): RecordOrigin | undefined {
  return RecordOrigin.safeParse(field(record, 'origin')).data
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined
}

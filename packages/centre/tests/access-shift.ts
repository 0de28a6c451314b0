import { createClient, type Send } from '@haidang/contracts/client'
import { shiftApi } from '@haidang/contracts/shift-api'
import { systemScope } from '@haidang/runtime/database/database'
import { sql } from 'drizzle-orm'
import type { CentreNode } from './centre-node.ts'

const hour = 3_600_000

export interface ShiftHolding {
  readonly shift: string
  readonly swap: string
  readonly handover: string
}

/** A shift of an hour, `n` hours from tomorrow on. */
export function shiftAt(n: number) {
  const start = Math.ceil(Date.now() / hour + 24 + n) * hour
  return {
    name: `Ca ${n}`,
    starts_at: new Date(start).toISOString(),
    ends_at: new Date(start + hour).toISOString(),
  }
}

/** A shift of an organisation, somebody who asks another to stand it, and a hand-over that was withdrawn. */
export async function addShift(
  node: CentreNode,
  local: Send,
  organisation_id: string,
  { n, person }: { readonly n: number; readonly person: string },
): Promise<ShiftHolding> {
  const { id } = await createClient(shiftApi, local).add({
    body: { organisation_id, ...shiftAt(n), officer_id: person },
  })
  const swap = node.newId('swap')
  await node.database.transact(systemScope, (tx) =>
    tx.execute(sql`insert into shift_swap values (${swap}, ${organisation_id}, ${id}, 1, null, null,
      ${person}, ${person}, 'thử', 'asked', ${node.clock.iso()}, null)`),
  )
  const handover = node.newId('handover')
  await node.database.transact(systemScope, (tx) =>
    tx.execute(sql`insert into handover values (${handover}, ${organisation_id}, ${id}, ${person},
      null, '', false, 'withdrawn', ${node.clock.iso()}, ${node.clock.iso()}, null, 0, 0)`),
  )
  return { shift: id, swap, handover }
}

import type { Assessment } from '@haidang/contracts/advisory'
import type { Envelope } from '@haidang/contracts/link'
import { verifyEnvelope } from '@haidang/link/envelopes/signer'
import { systemScope } from '@haidang/runtime/database/database'
import { journal } from '@haidang/runtime/journal-tables'
import { and, gt, inArray } from 'drizzle-orm'
import { expect } from 'vitest'
import { advising, type author, ministry } from './advising.ts'
import { centreOrg, ministryOrg } from './doing.ts'
import { signingMailbox } from './signing-mailbox.ts'

type Node = Awaited<ReturnType<typeof advising>>
const peer = { node_id: 'nod_child', organisation_id: ministryOrg }
/** A centre and the node of the ministry below it; the province reads the portal of the centre. */
export async function twoNodes() {
  const up = await signingMailbox(centreOrg, {
    nodesOf: async () => new Map([[ministryOrg, 'nod_child']]),
  })
  const down = await signingMailbox(ministryOrg, {
    parent: async () => ({ organisation_id: centreOrg, own_id: ministryOrg }),
  })
  const parent = await advising(up.mailbox)
  const child = await advising(down.mailbox)
  const done = { parent: 0, child: 0 }
  const deliver = (from: 'parent' | 'child', envelope: Envelope) =>
    from === 'parent'
      ? child.database.transact(systemScope, (tx) => child.inbox.fromParent(tx, envelope))
      : parent.database.transact(systemScope, (tx) => parent.inbox.fromStation(tx, peer, envelope))
  /** Lets the reader of one node see its new entries; answers what it wrote. */
  const written = async (from: 'parent' | 'child'): Promise<Envelope[]> => {
    const [node, box] = from === 'parent' ? [parent, up] : [child, down]
    done[from] = await readOn(node, done[from])
    return box.sent.splice(0)
  }
  /** Carries what one node has to say over to the other, each letter twice; answers their types. */
  const carry = async (from: 'parent' | 'child'): Promise<string[]> => {
    const carried = await written(from)
    for (const envelope of carried) {
      const { ok } = await verifyEnvelope({ ...envelope }, [up.trusted, down.trusted])
      expect(ok).toBe(true)
      for (const _ of ['once', 'again']) await deliver(from, envelope)
    }
    return carried.map(({ type }) => type)
  }
  const dispose = async () => {
    await parent[Symbol.asyncDispose]()
    await child[Symbol.asyncDispose]()
  }
  return { parent, child, carry, written, deliver, [Symbol.asyncDispose]: dispose }
}

async function readOn({ database, envelopes }: Node, after: number): Promise<number> {
  const entries = await database.transact(systemScope, (tx) =>
    tx
      .select()
      .from(journal)
      .where(and(gt(journal.seq, after), inArray(journal.type, [...envelopes.types])))
      .orderBy(journal.seq),
  )
  for (const entry of entries) {
    await database.transact(systemScope, (tx) => envelopes.handle(tx, entry))
  }
  return entries.at(-1)?.seq ?? after
}

/** What the ministry says. */
export const say = (
  { advisories }: Node,
  id: string,
  assessment: Assessment | null,
  version = 1,
  note = '',
) => advisories.answer(ministry, id, { assessment, note, version, systems: [] })

export const stepsOf = async ({ advisories }: Node, reader: typeof author, id: string) =>
  (await advisories.ladder(reader, id, ministryOrg)).entries.map(({ step }) => step)

import { tlpOf } from '@haidang/contracts/tlp'
import type { EnvelopeDraft } from '@haidang/link/envelopes/post'
import type { Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { ZodType } from 'zod'

/** The node an envelope came from, as its certificate says. */
export interface Sender {
  readonly node_id: string
  readonly organisation_id: string
}

/** The tie to the parent, in its naming. */
export interface ParentTie {
  /** The parent's organisation. */
  readonly organisation_id: string
  /** This node's organisation, as the parent names it. */
  readonly own_id: string
}

/** What letters need of the link: who is where, and two slots. */
export interface LinkMailbox {
  /** The active node of each of these that has one. */
  nodesOf(tx: Tx, organisationIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** This node's own organisation: it signs. */
  home(tx: Tx): Promise<string>
  parent(tx: Tx): Promise<ParentTie | undefined>
  toStation(tx: Tx, nodeId: string, draft: EnvelopeDraft): Promise<unknown>
  toParent(tx: Tx, draft: EnvelopeDraft): Promise<unknown>
}

interface Subject {
  readonly id: string
  readonly tlp_rank: number
  readonly simulated: boolean
}

/** What every letter about something says of it. */
export function letterHead({
  id,
  tlp_rank,
  simulated,
}: Subject): Pick<EnvelopeDraft, 'subject' | 'tlp' | 'correlation' | 'exercise'> {
  return { subject: id, tlp: tlpOf(tlp_rank), correlation: id, exercise: simulated }
}

/** What an envelope carries, as the contract has it. Throws Problem request.invalid. */
export function readPayload<T>(schema: ZodType<T>, data: unknown): T {
  const parsed = schema.safeParse(data)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Problem('request.invalid', `${issue?.path.join('.')}: ${issue?.message}`)
}

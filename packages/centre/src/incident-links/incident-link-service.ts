import type { IncidentLink, IncidentLinkKind } from '@haidang/contracts/incident-link'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Actor, Database, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { IncidentFamily } from '../merging/incident-family.ts'
import type { IncidentService } from '../modules/incidents/incident-service.ts'
import type { IncidentStore } from '../modules/incidents/incident-store.ts'
import type { IncidentRow } from '../modules/incidents/incident-tables.ts'
import { isOwnRow } from '../signed-in.ts'
import type { IncidentLinkStore } from './incident-link-store.ts'
import type { IncidentLinkRow } from './incident-link-tables.ts'

export interface IncidentLinkParts {
  readonly database: Database
  readonly links: IncidentLinkStore
  readonly store: IncidentStore
  readonly incidents: Pick<IncidentService, 'require' | 'requireStanding' | 'shown'>
  readonly family: Pick<IncidentFamily, 'idsOf'>
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

interface Wanted {
  readonly kind: IncidentLinkKind
  readonly other_ids: readonly string[]
  readonly note: string
}

interface Ends {
  readonly from: IncidentRow
  readonly to: IncidentRow
}

/** How incidents stand to one another. Unlike merged ones they stay apart, and may be of several organisations. */
export class IncidentLinkService {
  readonly #parts: IncidentLinkParts

  constructor(parts: IncidentLinkParts) {
    this.#parts = parts
  }

  /** Throws Problem incident.not-found. */
  list(caller: Caller, id: string, query: PageQuery): Promise<Page<IncidentLink>> {
    const { database, links, incidents, family } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      await incidents.require(tx, id)
      const ids = await family.idsOf(tx, id)
      const { items, next } = await links.of(tx, ids, query)
      return { items: await this.#shown(tx, caller, items, ids), next }
    })
  }

  /**
   * Links an incident to others, all or none; what is linked so already stays as it is. Throws Problem
   * incident.not-found (one of them), incident-link.loop, request.invalid (with itself; of several campaigns).
   */
  add(
    caller: Caller,
    id: string,
    { kind, other_ids, note }: Wanted,
  ): Promise<{ items: IncidentLink[] }> {
    const { database, incidents } = this.#parts
    const others = [...new Set(other_ids)]
    requireLinkable(id, kind, others)
    return database.transact(caller.scope, async (tx) => {
      const from = await incidents.requireStanding(tx, id, false)
      const rows: IncidentLinkRow[] = []
      for (const other of others) {
        const to = await incidents.require(tx, other)
        rows.push(await this.#link(tx, caller.scope.actor, { from, to, kind, note }))
      }
      return { items: await this.#shown(tx, caller, rows, [id]) }
    })
  }

  async #link(
    tx: Tx,
    actor: Actor,
    { from, to, kind, note }: Ends & Pick<Wanted, 'kind' | 'note'>,
  ): Promise<IncidentLinkRow> {
    const { links, clock, newId } = this.#parts
    const ends = { from_id: from.id, to_id: to.id, kind }
    const back = { from_id: to.id, to_id: from.id, kind }
    // Related says the same read from either end.
    const stands =
      (await links.find(tx, ends)) ?? (kind === 'related' && (await links.find(tx, back)))
    if (stands) return stands
    if (kind !== 'related' && (await links.leads(tx, back))) {
      throw new Problem('incident-link.loop', `${to.number} leads to ${from.number}`)
    }
    const row = await links.add(tx, {
      ...ends,
      id: newId('incidentLink'),
      organisation_id: from.organisation_id,
      note,
      made_at: clock.iso(),
      made_by_name: actor.name,
    })
    if (!row) throw new Problem('incident-link.loop', `${from.number} is part of another campaign`)
    await this.#record(tx, actor, 'incident.linked', { from, to, row })
    return row
  }

  /** Throws Problem incident-link.not-found. */
  remove(caller: Caller, id: string, linkId: string): Promise<void> {
    const { database, links, incidents, family } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await links.get(tx, linkId)
      const ids = row ? await family.idsOf(tx, id) : []
      if (!row || !(ids.includes(row.from_id) || ids.includes(row.to_id))) {
        throw new Problem('incident-link.not-found')
      }
      const from = await incidents.require(tx, row.from_id)
      const to = await incidents.require(tx, row.to_id)
      if (!(await links.remove(tx, linkId))) throw new Problem('incident-link.not-found')
      await this.#record(tx, caller.scope.actor, 'incident.unlinked', { from, to, row })
    })
  }

  /** The other end of each, seen from whichever of these incidents it hangs on. */
  async #shown(
    tx: Tx,
    caller: Caller,
    rows: readonly IncidentLinkRow[],
    ids: readonly string[],
  ): Promise<IncidentLink[]> {
    const { store, incidents } = this.#parts
    const isFrom = (row: IncidentLinkRow) => ids.includes(row.from_id)
    const others = rows.map((row) => (isFrom(row) ? row.to_id : row.from_id))
    const shown = await incidents.shown(tx, await store.ofIds(tx, others))
    return rows.flatMap((row, place) => {
      const other = shown.find(({ id }) => id === others[place])
      const { id, kind, note, made_at } = row
      // Who is told of incidents of others is not told who works on them.
      const made_by_name = isOwnRow(caller, row) ? row.made_by_name : ''
      const [direction, incident_id] = isFrom(row)
        ? (['from', row.from_id] as const)
        : (['to', row.to_id] as const)
      return other ? [{ id, kind, direction, incident_id, other, note, made_at, made_by_name }] : []
    })
  }

  /** An entry in the story of each; between organisations only the node reads it. */
  async #record(
    tx: Tx,
    actor: Actor,
    type: 'incident.linked' | 'incident.unlinked',
    { from, to, row }: Ends & { readonly row: IncidentLinkRow },
  ): Promise<void> {
    const organisation_id =
      from.organisation_id === to.organisation_id ? from.organisation_id : null
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      await this.#parts.journal.append(tx, {
        type,
        organisation_id,
        tlp_rank: Math.max(from.tlp_rank, to.tlp_rank),
        actor,
        authority: 'incident.handle',
        subject: one.id,
        related: [other.id],
        reason: row.note,
        after: { kind: row.kind, direction: one === from ? 'from' : 'to', numbers: [other.number] },
      })
    }
  }
}

/** Throws Problem request.invalid: an incident is linked to others, and part of one campaign. */
function requireLinkable(id: string, kind: IncidentLinkKind, others: readonly string[]): void {
  if (others.includes(id)) {
    throw new Problem('request.invalid', 'other_ids', [
      { field: 'other_ids', cause: 'the incident itself', remedy: 'name another incident' },
    ])
  }
  if (kind === 'part_of' && others.length > 1) {
    throw new Problem('request.invalid', 'other_ids', [
      { field: 'other_ids', cause: 'part of several campaigns', remedy: 'name one campaign' },
    ])
  }
}

import type { IncidentParticipant, ParticipantDraft } from '@haidang/contracts/incident-participant'
import type { EntryType } from '@haidang/contracts/journal'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { Names } from '../../names.ts'
import { isOwnRow } from '../../signed-in.ts'
import type { IncidentService } from '../incidents/incident-service.ts'
import type { AudienceService } from '../sharing/audience-service.ts'
import type { ParticipantStore } from './participant-store.ts'
import type { ParticipantRow } from './participant-tables.ts'

export interface ParticipantParts {
  readonly database: Database
  readonly participants: ParticipantStore
  readonly incidents: Pick<IncidentService, 'require' | 'requireOpen' | 'requireHeld'>
  readonly audiences: Pick<AudienceService, 'require'>
  readonly names: Names
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

/** What somebody changes; what is left out stays. */
type Change = {
  readonly [K in keyof Omit<ParticipantDraft, 'organisation_id'>]?: ParticipantDraft[K] | undefined
} & { readonly version?: number | undefined }

const red = 4

/** Organisations that take part in incidents of others, and what of them each sees. */
export class ParticipantService {
  readonly #parts: ParticipantParts

  constructor(parts: ParticipantParts) {
    this.#parts = parts
  }

  /** Throws Problem incident.not-found. */
  list(caller: Caller, incidentId: string, query: PageQuery): Promise<Page<IncidentParticipant>> {
    const { database, participants, incidents } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      await incidents.require(tx, incidentId)
      const { items, next } = await participants.list(tx, incidentId, query)
      return { items: await this.#shown(tx, caller, items), next }
    })
  }

  /**
   * Lets an organisation take part. Throws Problem incident.not-found, incident.illegal-transition (it is finished),
   * organisation.not-found, participant.owner, participant.red, participant.there.
   */
  add(caller: Caller, incidentId: string, draft: ParticipantDraft): Promise<IncidentParticipant> {
    const { database, participants, incidents, audiences, clock, newId } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const incident = await incidents.requireOpen(tx, incidentId)
      const { organisation_id: participant_id, ...said } = draft
      await audiences.require(tx, { organisations: [participant_id], groups: [], people: [] })
      if (participant_id === incident.organisation_id) throw new Problem('participant.owner')
      if (incident.tlp_rank >= red) throw new Problem('participant.red')
      const row = {
        ...said,
        id: newId('incidentParticipant'),
        incident_id: incidentId,
        organisation_id: incident.organisation_id,
        tlp_rank: incident.tlp_rank,
        participant_id,
        added_at: clock.iso(),
        added_by_name: caller.scope.actor.name,
        version: 1,
      }
      if (!(await participants.add(tx, row))) throw new Problem('participant.there')
      await this.#record(tx, caller, row, 'incident.participant-added', {
        reason: row.note,
        after: await this.#journalled(tx, row),
      })
      return this.#one(tx, caller, row)
    })
  }

  /** Throws Problem incident.not-found, participant.not-found, participant.changed-meanwhile, request.invalid. */
  change(
    caller: Caller,
    incidentId: string,
    id: string,
    change: Change,
  ): Promise<IncidentParticipant> {
    const { database, participants } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const before = await this.#hold(tx, incidentId, id)
      if (change.version !== undefined && change.version !== before.version) {
        throw new Problem('participant.changed-meanwhile', `it is at version ${before.version}`)
      }
      const wanted = {
        ...before,
        role: change.role ?? before.role,
        sees: change.sees ?? before.sees,
        may_note: change.may_note ?? before.may_note,
        note: change.note ?? before.note,
      }
      requireSeen(wanted)
      const after = await participants.replace(tx, wanted)
      await this.#record(tx, caller, after, 'incident.participant-changed', {
        reason: after.note,
        before: await this.#journalled(tx, before),
        after: await this.#journalled(tx, after),
      })
      return this.#one(tx, caller, after)
    })
  }

  /** Ends it: the organisation reads nothing of the incident from then on. Throws Problem incident.not-found, participant.not-found. */
  remove(caller: Caller, incidentId: string, id: string, reason: string): Promise<void> {
    const { database, participants } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await this.#hold(tx, incidentId, id)
      await participants.remove(tx, id)
      await this.#record(tx, caller, row, 'incident.participant-removed', {
        reason,
        before: await this.#journalled(tx, row),
      })
    })
  }

  /**
   * For whom a caller writes in the story of an incident: for themselves, or, taking part with that right, in the
   * journal of who handles it. Throws Problem incident.not-found, note.not-yours.
   */
  noting(caller: Caller, incidentId: string): Promise<Caller> {
    const { database, participants, incidents } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const incident = await incidents.require(tx, incidentId)
      const own = (await participants.ownOf(tx, [incidentId])).get(incidentId)
      const answers =
        caller.permissions.has('task.answer') || caller.permissions.has('incident.handle')
      if (!isOwnRow(caller, incident) && own?.may_note && answers) {
        const { organisation_id } = incident
        return { ...caller, scope: { ...caller.scope, organisations: [organisation_id] } }
      }
      if (caller.permissions.has('incident.handle')) return caller
      throw new Problem('note.not-yours')
    })
  }

  /** The row, its incident locked before it, for who may change that. */
  async #hold(tx: Tx, incidentId: string, id: string): Promise<ParticipantRow> {
    await this.#parts.incidents.requireHeld(tx, incidentId)
    const row = await this.#parts.participants.lock(tx, incidentId, id)
    if (!row) throw new Problem('participant.not-found')
    return row
  }

  async #journalled(tx: Tx, { participant_id, role, sees, may_note }: ParticipantRow) {
    const named = await this.#parts.names.sources(tx, [participant_id])
    const organisation_name = named.get(participant_id) ?? ''
    return { organisation_id: participant_id, organisation_name, role, sees, may_note }
  }

  async #shown(
    tx: Tx,
    caller: Caller,
    rows: readonly ParticipantRow[],
  ): Promise<IncidentParticipant[]> {
    const { names, participants } = this.#parts
    const ids = rows.map(({ participant_id }) => participant_id)
    const organisations = await names.sources(tx, ids)
    const readers = await participants.readers(tx, ids, rows[0]?.tlp_rank ?? red)
    return rows.map((row) => {
      const { participant_id, tlp_rank: _, organisation_id: __, ...said } = row
      return {
        ...said,
        organisation_id: participant_id,
        organisation_name: organisations.get(participant_id) ?? '',
        readers: readers.get(participant_id) ?? 0,
        // A participant is told that it takes part, not by whom of the other organisation.
        added_by_name: isOwnRow(caller, row) ? row.added_by_name : '',
      }
    })
  }

  async #one(tx: Tx, caller: Caller, row: ParticipantRow): Promise<IncidentParticipant> {
    const [shown] = await this.#shown(tx, caller, [row])
    if (!shown) throw new Problem('participant.not-found')
    return shown
  }

  async #record(
    tx: Tx,
    { scope }: Caller,
    row: ParticipantRow,
    type: EntryType,
    entry: Pick<EntryDraft, 'before' | 'after' | 'reason'>,
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      type,
      organisation_id: row.organisation_id,
      tlp_rank: row.tlp_rank,
      actor: scope.actor,
      authority: 'incident.handle',
      subject: row.incident_id,
      related: [row.id],
      ...entry,
    })
  }
}

/** Throws Problem request.invalid where somebody would write what they do not see. */
function requireSeen({ sees, may_note }: Pick<ParticipantRow, 'sees' | 'may_note'>): void {
  if (!may_note || sees !== 'summary') return
  throw new Problem('request.invalid', 'may_note: who writes in the story sees it', [
    { field: 'may_note', cause: 'it sees the summary alone', remedy: 'let it see the story' },
  ])
}

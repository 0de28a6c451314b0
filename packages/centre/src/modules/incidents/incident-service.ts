import type { Cluster } from '@haidang/contracts/cluster'
import type {
  Incident,
  IncidentDraft,
  IncidentState,
  TimelineEntry,
} from '@haidang/contracts/incident'
import type { EntryType } from '@haidang/contracts/journal'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Scope, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { Classifier } from '../../classification/classifier.ts'
import type { IncidentFamily } from '../../merging/incident-family.ts'
import { type Names, requireOrganisation, requirePerson } from '../../names.ts'
import type { Numbering } from '../../numbering.ts'
import type { ClusterService } from '../correlation/cluster-service.ts'
import type { TriageService } from '../correlation/triage-service.ts'
import type { ClockService } from '../deadlines/clock-service.ts'
import type { AudienceService } from '../sharing/audience-service.ts'
import { type Change, changedFacts, detectedAt, factsOf, factsShown } from './facts.ts'
import { isFinished } from './incident.ts'
import { followIncident } from './incident-deadlines.ts'
import type { IncidentStore } from './incident-store.ts'
import type { IncidentRow } from './incident-tables.ts'
import type { IncidentView } from './incident-view.ts'
import type { StepGuard } from './step-guard.ts'

export interface IncidentParts {
  readonly database: Database
  readonly store: IncidentStore
  readonly view: IncidentView
  readonly clusters: ClusterService
  readonly triage: TriageService
  readonly family: IncidentFamily
  readonly steps: Pick<StepGuard, 'require'>
  readonly deadlines: ClockService
  readonly classifier: Classifier
  readonly names: Names
  readonly numbers: Numbering
  readonly audiences: Pick<AudienceService, 'require'>
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  /** Whether what this node opens is invented (demonstration). */
  readonly simulated: boolean
}

/** Incidents, from opening to closing. */
export class IncidentService {
  readonly #parts: IncidentParts

  constructor(parts: IncidentParts) {
    this.#parts = parts
  }

  list(caller: Caller, query: PageQuery): Promise<Page<Incident>> {
    return this.#parts.database.transact(caller.scope, async (tx) => {
      const { items, next } = await this.#parts.store.list(tx, query)
      return { items: await this.shown(tx, items), next }
    })
  }

  /** Throws Problem incident.not-found, also where the caller may not know of it. */
  get(caller: Caller, id: string): Promise<Incident> {
    return this.#parts.database.transact(caller.scope, async (tx) =>
      this.#one(tx, await this.require(tx, id)),
    )
  }

  /** The story: what the journal says of the incident, those merged into it and all that hangs on them, oldest first. */
  timeline(caller: Caller, id: string, query: PageQuery): Promise<Page<TimelineEntry>> {
    const { database, family, view } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      await this.require(tx, id)
      return view.timeline(tx, await family.subjectsOf(tx, id), query)
    })
  }

  clusters(caller: Caller, id: string, query: PageQuery): Promise<Page<Cluster>> {
    return this.#parts.database.transact(caller.scope, async (tx) => {
      await this.require(tx, id)
      return this.#parts.clusters.ofIncidents(tx, await this.#parts.family.idsOf(tx, id), query)
    })
  }

  /**
   * Opens an incident; clusters named become part of it. Throws Problem organisation.not-found,
   * group.not-found, person.not-found, cluster.not-found, cluster.illegal-act, request.invalid.
   */
  open(caller: Caller, draft: IncidentDraft): Promise<Incident> {
    return this.#parts.database.transact(caller.scope, (tx) => this.openIn(tx, caller, draft))
  }

  /** The same inside a transaction of another module. */
  async openIn(tx: Tx, caller: Caller, draft: IncidentDraft): Promise<Incident> {
    const { store, clock, newId, triage, names, numbers, audiences, classifier } = this.#parts
    const { actor } = caller.scope
    await requireOrganisation(names, tx, draft.organisation_id)
    if (draft.told_to) await audiences.require(tx, draft.told_to)
    const id = newId('incident')
    // Counting comes before the journal is written to: everybody takes these two locks in this order.
    const number = await numbers.next(tx, 'incident', caller.organisation_id)
    const found = await triage.escalate(tx, actor, draft.cluster_ids, id)
    const row = await store.add(tx, {
      id,
      organisation_id: draft.organisation_id,
      number,
      ...factsOf(draft, classifier, clock.iso()),
      grade: 'ordinary',
      state: 'open',
      assignee_id: caller.person_id,
      simulated: this.#parts.simulated || found.some(({ simulated }) => simulated),
      detected_at: detectedAt(draft, found) ?? clock.iso(),
      opened_at: clock.iso(),
      updated_at: clock.iso(),
      closed_at: null,
    })
    const related = found.map((cluster) => cluster.id)
    await this.#record(tx, actor, row, 'incident.opened', { related, after: factsShown(row) })
    await followIncident(this.#parts.deadlines, tx, actor, row)
    return this.#one(tx, row)
  }

  /**
   * Changes facts. Throws Problem incident.not-found, incident.changed-meanwhile, incident.merged-stricter, and as
   * `open` for whom it names.
   */
  update(caller: Caller, id: string, change: Change): Promise<Incident> {
    const { database, store, clock, names, audiences, classifier, family } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const before = await this.#lock(tx, id, change.version)
      const { version: _, assignee_id, ...facts } = change
      if (assignee_id) await requirePerson(names, tx, assignee_id)
      if (facts.told_to) await audiences.require(tx, facts.told_to)
      const changed = changedFacts(before, facts, classifier, clock.iso())
      const after = await store.replace(tx, {
        ...(await family.changed(tx, before, changed)),
        assignee_id: assignee_id === undefined ? before.assignee_id : assignee_id,
        updated_at: clock.iso(),
      })
      await followIncident(this.#parts.deadlines, tx, caller.scope.actor, after)
      await this.#record(tx, caller.scope.actor, after, 'incident.updated', {
        tlp_rank: Math.max(before.tlp_rank, after.tlp_rank), // what it was stays confidential
        before: factsShown(before),
        after: factsShown(after),
      })
      return this.#one(tx, after)
    })
  }

  /**
   * Moves an incident to another state. Throws Problem incident.not-found, incident.illegal-transition,
   * incident.changed-meanwhile, and as StepGuard.require.
   */
  move(
    caller: Caller,
    id: string,
    to: { state: IncidentState; note: string; version?: number | undefined },
  ): Promise<Incident> {
    const { database, store, clock, family, steps } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const before = await this.#lock(tx, id, to.version)
      await steps.require(tx, caller, before, to)
      const now = clock.iso()
      const after = await store.replace(tx, {
        ...before,
        state: to.state,
        updated_at: now,
        closed_at: isFinished(to.state) ? now : null,
      })
      await followIncident(this.#parts.deadlines, tx, caller.scope.actor, after)
      await this.#record(tx, caller.scope.actor, after, 'incident.moved', {
        reason: to.note,
        before: { state: before.state },
        after: { state: after.state },
      })
      await family.follow(tx, caller.scope.actor, before, after)
      return this.#one(tx, after)
    })
  }

  /** Adds clusters. Throws Problem incident.not-found, incident.illegal-transition (it is finished), cluster.*. */
  attach(caller: Caller, id: string, clusterIds: readonly string[]): Promise<Incident> {
    const { database, store, clock, triage } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const before = await this.requireOpen(tx, id)
      await triage.escalate(tx, caller.scope.actor, clusterIds, id)
      const after = await store.replace(tx, { ...before, updated_at: clock.iso() })
      await this.#record(tx, caller.scope.actor, after, 'incident.clusters-attached', {
        related: [...clusterIds],
      })
      return this.#one(tx, after)
    })
  }

  /** The row, inside a transaction of another module. Throws Problem incident.not-found. */
  async require(tx: Tx, id: string): Promise<IncidentRow> {
    const row = await this.#parts.store.get(tx, id)
    if (!row) throw new Problem('incident.not-found')
    return row
  }

  /**
   * The row, locked until the transaction ends, so that it is not closed while another module adds to it.
   * Throws Problem incident.not-found, incident.illegal-transition (it is finished).
   */
  async requireOpen(tx: Tx, id: string): Promise<IncidentRow> {
    const row = await this.#lock(tx, id)
    if (isFinished(row.state)) throw new Problem('incident.illegal-transition', row.state)
    return row
  }

  /** The row, locked, for who may change it: being told of it is not enough. Throws Problem incident.not-found. */
  requireHeld(tx: Tx, id: string): Promise<IncidentRow> {
    return this.#lock(tx, id)
  }

  /**
   * The row, locked with what stands for it, for who may change that: what hangs on a merged incident is worked on
   * through its head. `open`: throws Problem incident.illegal-transition where that is finished; incident.not-found.
   */
  async requireStanding(tx: Tx, id: string, open: boolean): Promise<IncidentRow> {
    const { row, head } = await this.#parts.family.standing(tx, id)
    if (open && isFinished(head.state)) throw new Problem('incident.illegal-transition', head.state)
    return row
  }

  /** What the watch floor shows of incidents: how many are open, and the newest of them. */
  async overview(tx: Tx) {
    const { count, newest } = await this.#parts.store.open(tx, 20)
    return { open_incident_count: count, open_incidents: await this.shown(tx, newest) }
  }

  /** Rows as screens show them, inside a transaction of another module. */
  async shown(tx: Tx, rows: readonly IncidentRow[]): Promise<Incident[]> {
    return this.#parts.view.incidents(tx, rows, await this.#parts.family.counts(tx, rows))
  }

  async #lock(tx: Tx, id: string, version?: number): Promise<IncidentRow> {
    const row = await this.#parts.store.lock(tx, id)
    if (!row) throw new Problem('incident.not-found')
    if (version !== undefined && version !== row.version) {
      throw new Problem('incident.changed-meanwhile', `it is at version ${row.version}`)
    }
    await this.#parts.family.requireAlone(tx, row)
    return row
  }

  #record(
    tx: Tx,
    actor: Scope['actor'],
    row: IncidentRow,
    type: EntryType,
    entry: Partial<Pick<EntryDraft, 'tlp_rank' | 'related' | 'reason' | 'before' | 'after'>>,
  ) {
    return this.#parts.journal.append(tx, {
      type,
      organisation_id: row.organisation_id,
      tlp_rank: row.tlp_rank,
      actor,
      authority: isFinished(row.state) ? 'incident.close' : 'incident.handle',
      subject: row.id,
      ...entry,
    })
  }

  async #one(tx: Tx, row: IncidentRow): Promise<Incident> {
    const [shown] = await this.shown(tx, [row])
    if (!shown) throw new Problem('incident.not-found')
    return shown
  }
}

import type { FormContent } from '@haidang/contracts/form-content'
import { rowsOf } from '@haidang/contracts/form-content'
import {
  type IncidentReport,
  type IncidentReportDraft,
  type ReportStage,
  stageUses,
  type WholeIncidentReport,
} from '@haidang/contracts/incident-report'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { EntryType } from '@haidang/contracts/journal'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Permission } from '@haidang/contracts/permission'
import { type Tlp, tlpRank } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Actor, type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { type Names, requireOrganisation } from '../../names.ts'
import type { Numbering } from '../../numbering.ts'
import type { FormService } from '../forms/form-service.ts'
import {
  detectedOf,
  requireStage,
  type StageForms,
  type SubmittedStage,
  type Taker,
  takerOf,
} from './incident-report.ts'
import type { IncidentReportStore, ReportFacts } from './incident-report-store.ts'
import type { IncidentReportRow } from './incident-report-tables.ts'
import { passageShown, reportShown } from './incident-report-view.ts'
import type { PassageStore } from './passage-store.ts'

interface EntryDetails {
  readonly reason?: string
  readonly authority?: Permission | 'link' | 'mailbox'
  /** The form that was submitted. */
  readonly form_id?: string
}

interface ReportParts {
  readonly database: Database
  readonly store: IncidentReportStore
  readonly passages: PassageStore
  readonly records: StageForms
  readonly forms: Pick<FormService, 'begin'>
  readonly names: Names
  readonly numbers: Numbering
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  /** Whether what this node receives is invented (demonstration). */
  readonly simulated: boolean
}

/** Reports of incidents as they come in: by form in stages, by telephone, from systems. */
export class IncidentReportService {
  readonly #parts: ReportParts

  constructor(parts: ReportParts) {
    this.#parts = parts
  }

  list(caller: Caller, query: PageQuery): Promise<Page<IncidentReport>> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await store.list(tx, query)
      return { items: await this.shown(tx, items), next }
    })
  }

  /** Throws Problem incident-report.not-found, also where the caller may not know of it. */
  get(caller: Caller, id: string): Promise<WholeIncidentReport> {
    const { database, records, passages } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const [report] = await this.shown(tx, [await this.require(tx, id)])
      if (!report) throw new Problem('incident-report.not-found')
      const passage = await passages.get(tx, id)
      const stages = [
        ...(await records.submittedAbout(tx, id)),
        ...(passage ? await passages.formsOf(tx, id) : []),
      ]
      return { ...report, passage: passage ? passageShown(passage) : null, stages }
    })
  }

  /** Begins a report by the form of a stage. Throws Problem organisation.not-found, and as `FormService.begin`. */
  async begin(
    caller: Caller,
    { organisation_id, stage, tlp }: { organisation_id: string; stage: ReportStage; tlp: Tlp },
  ): Promise<{ report_id: string; form_id: string }> {
    const { database, forms } = this.#parts
    const row = await database.transact(caller.scope, async (tx) => {
      await requireOrganisation(this.#parts.names, tx, organisation_id)
      const sender = { name: caller.scope.actor.name, phone: '', email: '' }
      const begun = { ...this.fresh(organisation_id, tlp), channel: 'portal' as const, sender }
      const added = await this.#parts.store.add(tx, begun)
      if (!added) throw new Error('a report of a new identifier was not added')
      await this.record(tx, caller.scope.actor, 'incident-report.begun', added)
      return added
    })
    const form = await forms.begin(caller, { use: stageUses[stage], subject: row.id, tlp })
    return { report_id: row.id, form_id: form.id }
  }

  /** Takes a report told in a few words. Throws Problem organisation.not-found. */
  report(caller: Caller, draft: IncidentReportDraft): Promise<IncidentReport> {
    const { database, store, clock, names } = this.#parts
    const { organisation_id, channel, sender, system_name, description, addresses } = draft
    return database.transact(caller.scope, async (tx) => {
      await requireOrganisation(names, tx, organisation_id)
      const detected_at = draft.detected_at ? isoOf(millisecondsOf(draft.detected_at)) : clock.iso()
      const added = await store.add(tx, {
        ...this.fresh(organisation_id, draft.tlp),
        channel,
        sender,
        system_name,
        description,
        addresses: [...new Set(addresses.map((address) => address.toLowerCase()))],
        detected_at,
        request_id: draft.request_id ?? null,
        told: toldBy(draft),
      })
      if (!added) return this.#before(tx, draft)
      return this.one(tx, await this.#begunAndReceived(tx, takerOf(caller), added))
    })
  }

  /** Told in the transaction of the submission of a form. Throws Problem incident-report.*. */
  async submitted(tx: Tx, caller: Caller, form: SubmittedStage, stage: ReportStage): Promise<void> {
    const { store, clock } = this.#parts
    const [row] = await store.lock(tx, [form.subject])
    if (!row) throw new Problem('incident-report.not-found')
    requireStage(row, stage)
    const { meant } = form
    const said = (meaning: string, before: string) => `${meant[meaning] ?? before}`
    const told = { ...row.told, ...form.content }
    const addresses = [
      ...rowsOf(meant['incident.ips']).map(({ ip }) => `${ip}`),
      ...rowsOf(meant['incident.domains']).map(({ domain }) => `${domain}`),
    ].map((address) => address.toLowerCase())
    const after = await store.replace(tx, {
      ...row,
      stage,
      told,
      question: '',
      sender: {
        name: said('reporter.name', row.sender.name),
        phone: said('reporter.phone', row.sender.phone),
        email: said('reporter.email', row.sender.email),
      },
      system_name: said('incident.system', row.system_name),
      description: said('incident.description', row.description),
      addresses: [...new Set([...row.addresses, ...addresses])].slice(0, 400),
      detected_at: detectedOf(meant) ?? row.detected_at,
      updated_at: clock.iso(),
    })
    if (after.state === 'draft') await this.#received(tx, takerOf(caller), after)
    else {
      const entry = { form_id: form.id }
      await this.record(tx, caller.scope.actor, 'incident-report.supplemented', after, entry)
    }
  }

  /** The row, inside a transaction of another module. Throws Problem incident-report.not-found. */
  async require(tx: Tx, id: string): Promise<IncidentReportRow> {
    const row = await this.#parts.store.get(tx, id)
    if (!row) throw new Problem('incident-report.not-found')
    return row
  }

  /** Rows as lists show them. */
  async shown(tx: Tx, rows: readonly IncidentReportRow[]): Promise<IncidentReport[]> {
    const ids = rows.map(({ organisation_id }) => organisation_id)
    const names = await this.#parts.names.organisations(tx, [...new Set(ids)])
    return rows.map((row) => reportShown(row, names.get(row.organisation_id) ?? ''))
  }

  async one(tx: Tx, row: IncidentReportRow): Promise<IncidentReport> {
    const [report] = await this.shown(tx, [row])
    if (!report) throw new Problem('incident-report.not-found')
    return report
  }

  /** Writes an act on a report in the journal: what became of it, never what it says. */
  async record(
    tx: Tx,
    actor: Actor,
    type: EntryType,
    row: IncidentReportRow,
    { reason = '', authority = 'incident-report.make', form_id }: EntryDetails = {},
  ): Promise<void> {
    const { organisation_id, tlp_rank, number, channel, state, stage, incident_id } = row
    await this.#parts.journal.append(tx, {
      type,
      organisation_id,
      tlp_rank,
      actor,
      authority,
      reason,
      subject: row.id,
      related: [incident_id, row.duplicate_of].filter((id) => id !== null),
      after: { number, channel, state, stage, form_id },
    })
  }

  /** Takes in what another module was told, in its transaction; `kept` keeps what belongs to it before anybody learns. */
  async takeIn(
    tx: Tx,
    taker: Taker,
    facts: ReportFacts,
    kept: (row: IncidentReportRow) => Promise<void>,
  ): Promise<IncidentReportRow> {
    const added = await this.#parts.store.add(tx, facts)
    if (!added) throw new Error('a report of a new identifier was not added')
    await kept(added)
    return this.#begunAndReceived(tx, taker, added)
  }

  /** A further mail was put to a report; to what is no report nothing happens. */
  async continued(tx: Tx, id: string): Promise<void> {
    const { store, clock } = this.#parts
    const [row] = await store.lock(tx, [id])
    if (!row) return
    const after = await store.replace(tx, { ...row, updated_at: clock.iso() })
    const entry = { authority: 'mailbox' } as const
    await this.record(tx, systemScope.actor, 'incident-report.supplemented', after, entry)
  }

  newId(): string {
    return this.#parts.newId('incidentReport')
  }

  async #begunAndReceived(tx: Tx, taker: Taker, added: IncidentReportRow) {
    // As when a form is submitted, the journal is written to before a number is counted: everybody in one order.
    await this.record(tx, taker.actor, 'incident-report.begun', added)
    return this.#received(tx, taker, added)
  }

  async #received(tx: Tx, taker: Taker, row: IncidentReportRow): Promise<IncidentReportRow> {
    const { store, numbers, clock } = this.#parts
    const number = await numbers.next(tx, 'incident-report', taker.organisation_id)
    const received_at = clock.iso()
    const after = await store.replace(tx, { ...row, number, state: 'received', received_at })
    await this.record(tx, taker.actor, 'incident-report.received', after)
    return after
  }

  async #before(tx: Tx, draft: IncidentReportDraft): Promise<IncidentReport> {
    const { organisation_id, request_id = '' } = draft
    const row = await this.#parts.store.byRequest(tx, organisation_id, request_id)
    if (!row) throw new Problem('incident-report.not-found')
    return this.one(tx, row)
  }

  /** A report of which nothing is told yet. */
  fresh(organisation_id: string, tlp: Tlp) {
    const { newId, clock, simulated } = this.#parts
    return {
      id: newId('incidentReport'),
      organisation_id,
      tlp_rank: tlpRank(tlp),
      number: null,
      state: 'draft' as const,
      stage: null,
      system_name: '',
      description: '',
      addresses: [],
      detected_at: null,
      told: {},
      request_id: null,
      received_at: null,
      acknowledged_at: null,
      acknowledged_by: '',
      question: '',
      incident_id: null,
      duplicate_of: null,
      reason: '',
      simulated,
      updated_at: clock.iso(),
    }
  }
}

/** What the forms of later stages are filled from. */
function toldBy({ sender, system_name, description }: IncidentReportDraft): FormContent {
  return {
    reporter_name: sender.name,
    reporter_phone: sender.phone,
    reporter_email: sender.email,
    system_name,
    description,
  }
}

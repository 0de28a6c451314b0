import type { IncidentReceipt, IncidentTold } from '@haidang/contracts/incident-report-envelope'
import type { JournalEntry } from '@haidang/contracts/journal'
import { tlpRank } from '@haidang/contracts/tlp'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { systemScope, type Tx } from '@haidang/runtime/database/database'
import type { JournalReader } from '@haidang/runtime/journal'
import { z } from 'zod'
import { type LinkMailbox, letterHead, type ParentTie } from '../../letters.ts'
import type { StageForms } from './incident-report.ts'
import type { IncidentReportService } from './incident-report-service.ts'
import type { IncidentReportStore } from './incident-report-store.ts'
import type { IncidentReportRow, PassageRow } from './incident-report-tables.ts'
import type { PassageStore } from './passage-store.ts'

interface EnvelopeParts {
  readonly store: IncidentReportStore
  readonly passages: PassageStore
  readonly reports: IncidentReportService
  readonly records: StageForms
  readonly mailbox: LinkMailbox
  readonly clock: Clock
}

/** What one envelope carries at most, in bytes; the link itself takes one line of 8 MB. */
const mostBytes = 6 * 1024 * 1024

const Said = z.object({ form_id: z.string().optional() })

/**
 * Sends what the journal says of reports: those of this node's own organisation to its parent, stage by stage, and to the
 * node a report came from what became of it here.
 */
export class ReportEnvelopes implements JournalReader {
  readonly name = 'incident-report-envelopes'
  readonly types = [
    'incident-report.received',
    'incident-report.supplemented',
    'incident-report.acknowledged',
    'incident-report.asked',
    'incident-report.attached',
    'incident-report.near-miss',
    'incident-report.duplicate',
    'incident-report.rejected',
    'incident-report.reopened',
  ] as const
  readonly #parts: EnvelopeParts

  constructor(parts: EnvelopeParts) {
    this.#parts = parts
  }

  async handle(tx: Tx, entry: JournalEntry): Promise<void> {
    const { store, passages } = this.#parts
    const row = await store.get(tx, entry.subject)
    if (!row) return
    const passage = await passages.get(tx, row.id)
    if (passage?.direction === 'received') return this.#answer(tx, row, passage, entry)
    const { type } = entry
    if (type === 'incident-report.received' || type === 'incident-report.supplemented') {
      await this.#tell(tx, row, passage, entry)
    }
  }

  async #tell(
    tx: Tx,
    row: IncidentReportRow,
    before: PassageRow | undefined,
    entry: JournalEntry,
  ): Promise<void> {
    const { passages, reports, mailbox, clock } = this.#parts
    const tie = await mailbox.parent(tx)
    if (!tie || row.organisation_id !== (await mailbox.home(tx))) return
    const revision = (before?.revision ?? 0) + 1
    const passage = { ...(before ?? sentPassage(row)), tlp_rank: row.tlp_rank, at: clock.iso() }
    if (row.tlp_rank === tlpRank('red')) return passages.put(tx, { ...passage, state: 'kept' })
    const told = await this.#told(tx, row, revision, entry)
    if (Buffer.byteLength(JSON.stringify(told)) > mostBytes) {
      const code = 'request.too-large'
      return passages.put(tx, { ...passage, state: 'refused', code, reason: '' })
    }
    await passages.put(tx, { ...passage, state: 'waiting', code: '', reason: '', revision })
    await mailbox.toParent(tx, {
      ...letterHead(row),
      type: revision === 1 ? 'incident.reported' : 'incident.updated',
      from: tie.own_id,
      to: tie.organisation_id,
      data: inTheirNaming(told, tie),
    })
    await reports.record(tx, systemScope.actor, 'incident-report.told-above', row, {
      authority: 'link',
    })
  }

  /** The first time all that was submitted, later what was submitted since. */
  async #told(
    tx: Tx,
    row: IncidentReportRow,
    revision: number,
    entry: JournalEntry,
  ): Promise<IncidentTold> {
    const { form_id } = Said.parse(entry.after ?? {})
    const submitted = await this.#parts.records.submittedAbout(tx, row.id)
    const { stage, system_name, description, addresses, detected_at, simulated, sender } = row
    return {
      report_id: row.id,
      number: row.number ?? '',
      revision,
      stage,
      sender,
      system_name,
      description,
      addresses,
      detected_at,
      simulated,
      told: row.told,
      forms: revision === 1 ? submitted.slice(-20) : submitted.filter(({ id }) => id === form_id),
    }
  }

  async #answer(
    tx: Tx,
    row: IncidentReportRow,
    { told_as, revision, organisation_id }: PassageRow,
    entry: JournalEntry,
  ): Promise<void> {
    const { mailbox, clock } = this.#parts
    const node = (await mailbox.nodesOf(tx, [organisation_id])).get(organisation_id)
    if (node === undefined) return
    const isReceipt =
      entry.type === 'incident-report.received' || entry.type === 'incident-report.supplemented'
    const data: IncidentReceipt = {
      report_id: told_as,
      revision,
      number: row.number ?? '',
      state: row.state,
      question: row.question.slice(0, 4_000),
      reason: row.reason.slice(0, 4_000),
      code: '',
      time: isoOf(clock.now()),
    }
    await mailbox.toStation(tx, node, {
      ...letterHead({ ...row, id: told_as }),
      type: isReceipt ? 'incident.received' : 'incident.judged',
      from: await mailbox.home(tx),
      to: organisation_id,
      data,
    })
  }
}

function sentPassage(row: IncidentReportRow): PassageRow {
  return {
    report_id: row.id,
    organisation_id: row.organisation_id,
    tlp_rank: row.tlp_rank,
    direction: 'sent',
    state: 'waiting',
    told_as: row.id,
    node_id: '',
    number: '',
    judged: null,
    question: '',
    reason: '',
    code: '',
    revision: 0,
    at: row.updated_at,
  }
}

/** Forms name who submits as the parent does. */
function inTheirNaming(told: IncidentTold, { own_id }: ParentTie): IncidentTold {
  return { ...told, forms: told.forms.map((form) => ({ ...form, organisation_id: own_id })) }
}

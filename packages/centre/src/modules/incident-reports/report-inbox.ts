import { IncidentReceipt, IncidentTold } from '@haidang/contracts/incident-report-envelope'
import type { Envelope } from '@haidang/contracts/link'
import { tlpOf, tlpRank } from '@haidang/contracts/tlp'
import type { Clock } from '@haidang/runtime/clock'
import type { Actor, Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { type LinkMailbox, readPayload, type Sender } from '../../letters.ts'
import type { IncidentReportService } from './incident-report-service.ts'
import type { IncidentReportStore } from './incident-report-store.ts'
import type { IncidentReportRow, PassageRow } from './incident-report-tables.ts'
import type { PassageStore } from './passage-store.ts'

interface InboxParts {
  readonly store: IncidentReportStore
  readonly passages: PassageStore
  readonly reports: IncidentReportService
  readonly mailbox: LinkMailbox
  readonly journal: Journal
  readonly clock: Clock
}

const upwards: readonly string[] = ['incident.reported', 'incident.updated']
const downwards: readonly string[] = ['incident.received', 'incident.refused', 'incident.judged']

/**
 * Takes in envelopes `incident.*` whose signature was verified. Every envelope tells the whole report: an update of one
 * that is not known here is taken as a report, an older one adds its forms and moves nothing, a repeat changes nothing.
 * What is refused is told to its sender with the reason.
 */
export class ReportInbox {
  readonly #parts: InboxParts

  constructor(parts: InboxParts) {
    this.#parts = parts
  }

  /** Whether a child may send this type about reports. */
  static handlesUp(type: string): boolean {
    return upwards.includes(type)
  }

  /** Whether a parent may. */
  static handlesDown(type: string): boolean {
    return downwards.includes(type)
  }

  /** From a node below: a report of its own organisation. What cannot be taken is answered, not thrown. */
  async fromStation(tx: Tx, sender: Sender, envelope: Envelope): Promise<void> {
    const read = toldIn(sender, envelope)
    if (read instanceof Problem) return this.#refuse(tx, sender, envelope, read)
    const at = { organisation_id: sender.organisation_id, told_as: read.report_id }
    const passage = await this.#parts.passages.lockTold(tx, at)
    const actor = { id: sender.node_id, name: read.sender.name }
    if (!passage) return this.#open(tx, { sender, actor, envelope, told: read })
    const [row] = await this.#parts.store.lock(tx, [passage.report_id])
    if (!row) throw new Error(`the report of passage ${passage.report_id} is gone`)
    await this.#supplement(tx, { actor, envelope, told: read }, { row, passage })
  }

  /** From the parent: what became of a report of this node. Throws Problem incident-report.not-found, incident-report.not-yours, request.invalid. */
  async fromParent(tx: Tx, envelope: Envelope): Promise<void> {
    const { passages, store, reports, mailbox } = this.#parts
    const tie = await mailbox.parent(tx)
    if (!tie || envelope.from !== tie.organisation_id || envelope.to !== tie.own_id) {
      throw new Problem('incident-report.not-yours')
    }
    const said = readPayload(IncidentReceipt, envelope.data)
    const passage = await passages.lockSent(tx, said.report_id)
    const row = await store.get(tx, said.report_id)
    if (!passage || !row) throw new Problem('incident-report.not-found', said.report_id)
    const { question, reason, code, time } = said
    const refused = envelope.type === 'incident.refused'
    await passages.put(tx, {
      ...passage,
      // An answer to what was told before says nothing of what is still on its way.
      state: refused ? 'refused' : said.revision < passage.revision ? passage.state : 'received',
      number: said.number || passage.number,
      judged: said.state ?? passage.judged,
      question,
      reason,
      code,
      at: time,
    })
    const actor = { id: tie.organisation_id, name: envelope.from }
    await reports.record(tx, actor, 'incident-report.answered-above', row, {
      authority: 'link',
      reason: [code, reason || question].filter(Boolean).join(': '),
    })
  }

  async #open(
    tx: Tx,
    { sender, actor, envelope, told }: Arrived & { readonly sender: Sender },
  ): Promise<void> {
    const { reports, passages, mailbox, clock } = this.#parts
    const { node_id, organisation_id } = sender
    const passage: PassageRow = {
      report_id: reports.newId(),
      organisation_id,
      tlp_rank: tlpRank(envelope.tlp),
      direction: 'received',
      state: 'received',
      told_as: told.report_id,
      node_id,
      number: told.number,
      judged: null,
      question: '',
      reason: '',
      code: '',
      revision: told.revision,
      at: clock.iso(),
    }
    const base = reports.fresh(organisation_id, envelope.tlp)
    const simulated = base.simulated || envelope.exercise || told.simulated
    const facts = { ...base, ...factsOf(told), id: passage.report_id, simulated }
    const taker = { actor, organisation_id: await mailbox.home(tx) }
    await reports.takeIn(tx, taker, { ...facts, channel: 'link' }, async () => {
      await passages.put(tx, passage)
      await passages.addForms(tx, told.forms, passage)
    })
  }

  async #supplement(
    tx: Tx,
    { actor, envelope, told }: Arrived,
    { row, passage }: { readonly row: IncidentReportRow; readonly passage: PassageRow },
  ): Promise<void> {
    const { store, passages, reports, clock } = this.#parts
    const isNews = told.revision > passage.revision
    const tlp_rank = Math.max(row.tlp_rank, tlpRank(envelope.tlp))
    const place = { ...passage, tlp_rank, at: clock.iso() }
    const added = await passages.addForms(tx, told.forms, place)
    if (!isNews && added === 0) return
    const news = isNews ? { ...factsOf(told), question: '' } : {}
    const after = await store.replace(tx, { ...row, ...news, tlp_rank, updated_at: clock.iso() })
    const { revision, number } = isNews ? told : passage
    await passages.put(tx, { ...place, revision, number })
    await reports.record(tx, actor, 'incident-report.supplemented', after, { authority: 'link' })
  }

  /** The envelope itself stays with the link as it came; its sender reads why nothing was made of it. */
  async #refuse(
    tx: Tx,
    { node_id, organisation_id }: Sender,
    envelope: Envelope,
    { code, message }: Problem,
  ): Promise<void> {
    const { mailbox, journal, clock } = this.#parts
    const data: IncidentReceipt = {
      report_id: envelope.subject,
      revision: 0,
      number: '',
      state: null,
      question: '',
      reason: message.slice(0, 4_000),
      code,
      time: clock.iso(),
    }
    await mailbox.toStation(tx, node_id, {
      type: 'incident.refused',
      subject: envelope.subject,
      tlp: envelope.tlp,
      correlation: envelope.subject.slice(0, 100),
      causation: envelope.id,
      exercise: envelope.exercise,
      from: await mailbox.home(tx),
      to: organisation_id,
      data,
    })
    await journal.append(tx, {
      type: 'incident-report.refused',
      organisation_id,
      tlp_rank: tlpRank(envelope.tlp),
      actor: { id: node_id, name: node_id },
      authority: 'link',
      subject: envelope.subject,
      related: [node_id],
      reason: `${code}: ${message}`.slice(0, 1_000),
      after: { envelope: envelope.id, type: envelope.type, tlp: tlpOf(tlpRank(envelope.tlp)) },
    })
  }
}

interface Arrived {
  readonly actor: Actor
  readonly envelope: Envelope
  readonly told: IncidentTold
}

/** What an envelope tells, or why it cannot be taken. */
function toldIn(sender: Sender, envelope: Envelope): IncidentTold | Problem {
  if (envelope.from !== sender.organisation_id) return new Problem('incident-report.not-yours')
  try {
    const told = readPayload(IncidentTold, envelope.data)
    if (told.report_id === envelope.subject) return told
    return new Problem('request.invalid', 'subject: another than report_id')
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

function factsOf({
  stage,
  sender,
  system_name,
  description,
  addresses,
  detected_at,
  told,
}: IncidentTold) {
  const unique = [...new Set(addresses.map((address) => address.toLowerCase()))]
  return { stage, sender, system_name, description, addresses: unique, detected_at, told }
}

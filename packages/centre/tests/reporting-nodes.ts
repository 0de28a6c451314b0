import type { Form } from '@haidang/contracts/form'
import type { FormContent } from '@haidang/contracts/form-content'
import { FormDefinition } from '@haidang/contracts/form-definition'
import type { ReportStage } from '@haidang/contracts/incident-report'
import type { Envelope } from '@haidang/contracts/link'
import { linkMigrations } from '@haidang/link/migrations'
import { ManualClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { idsFrom } from '@haidang/runtime/ids'
import { createJournal } from '@haidang/runtime/journal-log'
import { journal as journalTable } from '@haidang/runtime/journal-tables'
import { runtimeMigrations } from '@haidang/runtime/migrations'
import { testDatabase } from '@haidang/testbed/test-database'
import { and, gt, inArray } from 'drizzle-orm'
import type { LinkMailbox } from '../src/letters.ts'
import { centreMigrations } from '../src/migrations.ts'
import { IncidentReportService } from '../src/modules/incident-reports/incident-report-service.ts'
import { IncidentReportStore } from '../src/modules/incident-reports/incident-report-store.ts'
import { PassageStore } from '../src/modules/incident-reports/passage-store.ts'
import { ReportEnvelopes } from '../src/modules/incident-reports/report-envelopes.ts'
import { ReportInbox } from '../src/modules/incident-reports/report-inbox.ts'
import { caller, centreOrg, ministryOrg, names, provinceOrg, start } from './doing.ts'
import { numbersFor } from './numbers-for.ts'
import { signingMailbox } from './signing-mailbox.ts'

export const ministry = caller(ministryOrg)
const peer = { node_id: 'nod_child', organisation_id: ministryOrg }

async function reporting(mailbox: LinkMailbox) {
  const database = await testDatabase([runtimeMigrations, linkMigrations, centreMigrations])
  const clock = new ManualClock(start)
  const newId = idsFrom(clock)
  const journal = createJournal({ database, clock, newId })
  for (const id of [centreOrg, ministryOrg, provinceOrg]) {
    await database.asOwner(
      `insert into organisation (id, code, name, kind, home, simulated, created_at, updated_at)
       values ($1, $1, $1, 'ministry', false, true, now(), now())`,
      [id],
    )
  }
  const submitted: Form[] = []
  const parts = {
    database,
    clock,
    newId,
    journal,
    names,
    numbers: await numbersFor(clock),
    mailbox,
    store: new IncidentReportStore(),
    passages: new PassageStore(),
    records: {
      submittedAbout: async (_: unknown, id: string) =>
        submitted.filter(({ subject }) => subject === id),
    },
    forms: { begin: () => Promise.reject(new Error('nobody begins a form here')) },
    simulated: true,
  }
  const reports = new IncidentReportService(parts)
  const envelopes = new ReportEnvelopes({ ...parts, reports })
  let read = 0
  /** Submits the form of a stage about a report. */
  const submit = (subject: string, stage: ReportStage, content: FormContent) => {
    const form = formOf(newId('form'), subject, stage, content)
    submitted.push(form)
    const { organisation_id, version, submitted_by } = form
    const facts = { id: form.id, organisation_id, subject, version, submitted_by, content }
    const meant = { 'incident.description': content['description'] ?? '' }
    return database.transact(systemScope, (tx) =>
      reports.submitted(tx, ministry, { ...facts, submitted_by_id: '', meant }, stage),
    )
  }
  /** Lets the reader see what is new in the journal. */
  const follow = () =>
    database.transact(systemScope, async (tx) => {
      const isNew = and(
        gt(journalTable.seq, read),
        inArray(journalTable.type, [...envelopes.types]),
      )
      const entries = await tx.select().from(journalTable).where(isNew).orderBy(journalTable.seq)
      for (const entry of entries) await envelopes.handle(tx, entry)
      read = entries.at(-1)?.seq ?? read
    })
  return { ...parts, reports, inbox: new ReportInbox({ ...parts, reports }), submit, follow }
}

/** A centre and the node of the ministry below it, which carries envelopes when it is told to. */
export async function twoNodes() {
  const up = await signingMailbox(centreOrg, {
    nodesOf: async () => new Map([[ministryOrg, 'nod_child']]),
  })
  const tie = { organisation_id: centreOrg, own_id: ministryOrg }
  const down = await signingMailbox(ministryOrg, { parent: async () => tie })
  const parent = await reporting(up.mailbox)
  const child = await reporting(down.mailbox)
  const written = async (from: 'parent' | 'child'): Promise<Envelope[]> => {
    await (from === 'parent' ? parent : child).follow()
    return (from === 'parent' ? up : down).sent.splice(0)
  }
  const deliver = (from: 'parent' | 'child', envelope: Envelope) =>
    from === 'parent'
      ? child.database.transact(systemScope, (tx) => child.inbox.fromParent(tx, envelope))
      : parent.database.transact(systemScope, (tx) => parent.inbox.fromStation(tx, peer, envelope))
  /** Carries what one node has to say over to the other, each letter twice; answers their types. */
  const carry = async (from: 'parent' | 'child'): Promise<string[]> => {
    const carried = await written(from)
    for (const envelope of carried) {
      for (const _ of ['once', 'again']) await deliver(from, envelope)
    }
    return carried.map(({ type }) => type)
  }
  const dispose = async () => {
    await parent.database[Symbol.asyncDispose]()
    await child.database[Symbol.asyncDispose]()
  }
  return { parent, child, written, deliver, carry, [Symbol.asyncDispose]: dispose }
}

function formOf(id: string, subject: string, use: string, content: FormContent): Form {
  const title = { vi: 'Báo cáo', en: 'Report' }
  const field = { key: 'description', kind: 'text' as const, label: title }
  return {
    id,
    subject,
    use,
    title,
    content,
    organisation_id: ministryOrg,
    organisation_name: 'Bộ Ví dụ',
    tlp: 'amber',
    number: '03',
    provisional: false,
    definition_id: 'vn-2017.03',
    definition_version: 1,
    version: 1,
    state: 'submitted',
    revision: 1,
    replaces: null,
    created_by: 'Lê Văn Trực',
    updated_by: 'Lê Văn Trực',
    updated_at: start,
    submitted_by: 'Lê Văn Trực',
    submitted_at: start,
    reason: '',
    hash: 'a'.repeat(64),
    successor: null,
    retired: false,
    definition: FormDefinition.parse({
      id: 'vn-2017.03',
      version: 1,
      use: 'incident-first-report',
      about: 'incident-report',
      number: '03',
      title,
      clause: 'Mẫu 03',
      profile: 'vn-2017',
      valid_from: '2017-01-01',
      valid_to: null,
      sections: [{ key: 'what', title, fields: [field] }],
    }),
  }
}

import { receivedMailApi } from '@haidang/contracts/received-mail-api'
import type { Blobs } from '@haidang/runtime/blobs/blobs'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Jobs } from '@haidang/runtime/jobs'
import type { Journal } from '@haidang/runtime/journal'
import type { Log } from '@haidang/runtime/log'
import type { Metrics } from '@haidang/runtime/metrics'
import type { FastifyInstance } from 'fastify'
import type { MailKeys } from './mail-keys.ts'
import { MailReports } from './mail-reports.ts'
import type { ContactService } from './modules/contacts/contact-service.ts'
import type { IncidentReportService } from './modules/incident-reports/incident-report-service.ts'
import { IncidentReportStore } from './modules/incident-reports/incident-report-store.ts'
import type { IncidentStore } from './modules/incidents/incident-store.ts'
import type { SentMails } from './modules/notifications/sent-mails.ts'
import type { OrderStore } from './modules/orders/order-store.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import type { PersonService } from './modules/people/person-service.ts'
import { MailboxReader } from './modules/received-mails/mailbox-reader.ts'
import { startReceivedMailJobs } from './modules/received-mails/received-mail-jobs.ts'
import { receivedMailRoutes } from './modules/received-mails/received-mail-routes.ts'
import { ReceivedMailService } from './modules/received-mails/received-mail-service.ts'
import { ReceivedMailStore } from './modules/received-mails/received-mail-store.ts'
import type { Names } from './names.ts'
import type { MailWay } from './notifications.ts'

interface ReceivedMailParts {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly database: Database
  readonly journal: Journal
  readonly blobs: Blobs
  readonly jobs: Jobs
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Log
  readonly metrics: Metrics
  readonly organisations: OrganisationService
  readonly orders: OrderStore
  readonly incidents: IncidentStore
  readonly reports: IncidentReportService
  readonly contacts: ContactService
  readonly people: PersonService
  readonly names: Names
  readonly mail?: MailWay | undefined
  readonly sent: SentMails
  readonly mailKeys: Pick<MailKeys, 'opener'>
}

/** Mails that come in: read from the mailbox, put to what they answer, or left for somebody to file. */
export async function serveReceivedMails(parts: ReceivedMailParts) {
  const { http, gate, database, journal, blobs, jobs, clock, newId, log, mail, sent } = parts
  const { organisations, orders, incidents, reports, contacts, people } = parts
  const organisationsAt = async (tx: Tx, address: string) => {
    if (address === '') return []
    const person = await people.byEmail(tx, address)
    const own = person && !person.disabled ? [person.organisation_id] : []
    return [...new Set([...own, ...(await contacts.organisationsAt(tx, address))])]
  }
  const reportStore = new IncidentReportStore()
  const storeOf = (id: string) => {
    if (id.startsWith('ord_')) return orders
    return id.startsWith('irp_') ? reportStore : incidents
  }
  const store = new ReceivedMailStore()
  const mails = new ReceivedMailService({
    database,
    store,
    journal,
    blobs,
    clock,
    sendersOf: async (tx, address) => {
      const found = await parts.names.organisations(tx, await organisationsAt(tx, address))
      return [...found].map(([organisation_id, organisation_name]) => ({
        organisation_id,
        organisation_name,
      }))
    },
    sees: async (tx: Tx, id) => (await storeOf(id).get(tx, id)) !== undefined,
  })
  const filed = new MailReports({ database, mails, reports, organisationsAt })
  const routes = receivedMailRoutes(mails, (caller, id, draft) => filed.report(caller, id, draft))
  serve(http, receivedMailApi, routes, gate)
  const reader = mail?.mailbox
    ? new MailboxReader({
        database,
        store,
        journal,
        blobs,
        clock,
        newId,
        log,
        opener: parts.mailKeys.opener,
        mailbox: mail.mailbox.open,
        name: mail.mailbox.name,
        home: (tx) => organisations.home(tx),
        isKnown: async (tx, id) => (await organisations.names(tx, [id])).has(id),
        sentMail: (tx, id) => sent.ofMessage(tx, id),
        returned: (tx, { id: mailed }, said) => sent.returned(tx, mailed, said),
        answered: (tx, { id: mailed }, answer) => sent.answered(tx, mailed, answer),
        continued: (tx, mail) => reports.continued(tx, mail.object_id),
        kinds: parts.metrics.counter('received_mails', 'Mails that came in by kind', ['kind']),
      })
    : undefined
  await startReceivedMailJobs({ jobs, database, clock, store, reader })
  return { reader }
}

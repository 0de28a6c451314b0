import { notificationApi } from '@haidang/contracts/notification-api'
import { notificationPreferenceApi } from '@haidang/contracts/notification-preference'
import type { Tlp } from '@haidang/contracts/tlp'
import { openSeal } from '@haidang/link/keys/seal'
import type { Clock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Jobs } from '@haidang/runtime/jobs'
import type { Journal } from '@haidang/runtime/journal'
import type { Log } from '@haidang/runtime/log'
import type { MailTransport } from '@haidang/runtime/mail/mail-transport'
import type { Mailbox } from '@haidang/runtime/mail/mailbox'
import type { Metrics } from '@haidang/runtime/metrics'
import type { FastifyInstance } from 'fastify'
import { deadlineRecipients } from './deadline-recipients.ts'
import type { MailKeys } from './mail-keys.ts'
import { openMailTokens } from './mail-token.ts'
import type { AdvisoryLinkService } from './modules/answers/advisory-link-service.ts'
import type { AnswerLinkService } from './modules/answers/answer-link-service.ts'
import type { ActService } from './modules/approvals/act-service.ts'
import { ApprovalStore } from './modules/approvals/approval-store.ts'
import type { ContactService } from './modules/contacts/contact-service.ts'
import { EffortStore } from './modules/efforts/effort-store.ts'
import { IncidentReportStore } from './modules/incident-reports/incident-report-store.ts'
import type { IncidentStore } from './modules/incidents/incident-store.ts'
import { ClaimService } from './modules/notifications/claim-service.ts'
import { DeadlineTidings } from './modules/notifications/deadline-tidings.ts'
import { DispatchService } from './modules/notifications/dispatch-service.ts'
import { MailWriter } from './modules/notifications/mail-writer.ts'
import { startNotificationJobs } from './modules/notifications/notification-jobs.ts'
import { NotificationReader } from './modules/notifications/notification-reader.ts'
import { notificationRoutes } from './modules/notifications/notification-routes.ts'
import { NotificationService } from './modules/notifications/notification-service.ts'
import { NotificationStore } from './modules/notifications/notification-store.ts'
import { OrderTidings } from './modules/notifications/order-tidings.ts'
import { Recipients } from './modules/notifications/recipients.ts'
import { SentMails } from './modules/notifications/sent-mails.ts'
import type { OrderStore } from './modules/orders/order-store.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import type { PersonService } from './modules/people/person-service.ts'
import type { RoleService } from './modules/people/role-service.ts'
import { preferenceRoutes } from './modules/preferences/preference-routes.ts'
import { PreferenceService } from './modules/preferences/preference-service.ts'
import { PreferenceStore } from './modules/preferences/preference-store.ts'
import type { RegulationBook } from './modules/settings/regulation-book.ts'
import { ShiftStore } from './modules/shifts/shift-store.ts'
import type { TaskStore } from './modules/tasks/task-store.ts'
import { TellingService, type TellSome } from './modules/tellings/telling-service.ts'
import { TellingStore } from './modules/tellings/telling-store.ts'
import type { Names } from './names.ts'
import { AdvisoryTidings, type AdvisoryTidingsParts } from './tidings/advisory-tidings.ts'
import { EffortTidings } from './tidings/effort-tidings.ts'
import { IncidentTidings } from './tidings/incident-tidings.ts'
import { ReportTidings } from './tidings/report-tidings.ts'
import { ShiftTidings } from './tidings/shift-tidings.ts'
import { TaskTidings } from './tidings/task-tidings.ts'
import { UnacknowledgedTidings } from './tidings/unacknowledged-tidings.ts'

/** How mails leave this node. */
export interface MailWay {
  readonly transport: MailTransport
  /** Address of the portal people use, for the links in mails; without a slash at its end. */
  readonly portal: string
  /** Address mails come from. */
  readonly address: string
  /** The highest TLP whose mails go out without encryption. */
  readonly clearUpTo: Tlp
  /** Where answers come; undefined: nobody reads them. */
  readonly mailbox?: { readonly name: string; readonly open: Mailbox } | undefined
}

interface OutboxParts {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  /** undefined: no mail leaves this node. */
  readonly mail?: MailWay | undefined
  readonly node: { readonly dataDirectory: string }
}

/** What is told, and its mails: made before the modules whose links it mails. */
export async function openOutbox({ mail, node, ...kept }: OutboxParts) {
  const sealing = await openSeal(node.dataDirectory, 'mailed-links')
  const tokens = await openMailTokens(node.dataDirectory)
  const store = new NotificationStore()
  const notifications = new NotificationService({
    ...kept,
    store,
    hasMail: mail !== undefined,
    seal: (id, path) => sealing.seal(id, path),
  })
  const open = (id: string, sealed: string) => sealing.open(id, sealed)
  return { store, notifications, tokens, open }
}

interface NotificationParts {
  readonly outbox: Awaited<ReturnType<typeof openOutbox>>
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly database: Database
  readonly journal: Journal
  readonly jobs: Jobs
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly mail?: MailWay | undefined
  readonly mailKeys: Pick<MailKeys, 'protection'>
  readonly rules: { readonly book: RegulationBook }
  readonly simulated: boolean
  readonly names: Names
  readonly nodeName: () => string
  readonly organisations: OrganisationService
  readonly roles: RoleService
  readonly people: PersonService
  readonly contacts: ContactService
  readonly acts: ActService
  readonly orders: OrderStore
  readonly advisories: AdvisoryTidingsParts['advisories']
  readonly tasks: TaskStore
  readonly incidents: IncidentStore
  readonly answerLinks: AnswerLinkService
  readonly advisoryLinks: AdvisoryLinkService
  readonly signal: AbortSignal
}

/** Who is told what: the reader of the journal, the mails on their way, the bell. */
export async function serveNotifications(parts: NotificationParts) {
  const { outbox, http, gate, database, journal, jobs, clock, log, mail, names } = parts
  const { organisations, people, acts, signal } = parts
  const { store, notifications, tokens } = outbox
  serve(http, notificationApi, notificationRoutes(notifications, names), gate)
  const recipients = new Recipients(people, parts.contacts)
  const approvals = new ApprovalStore()
  const shifts = new ShiftStore()
  const tellings = new TellingService(new TellingStore(), clock)
  const orders = new OrderTidings({
    notifications,
    recipients,
    orders: parts.orders,
    links: parts.answerLinks,
    tellings,
  })
  const advisories = new AdvisoryTidings({
    notifications,
    recipients,
    tellings,
    advisories: parts.advisories,
    links: parts.advisoryLinks,
  })
  const tellSome: TellSome = (tx, occasion, from) =>
    occasion.type.startsWith('advisory.')
      ? advisories.tellSome(tx, occasion, from)
      : orders.tellSome(tx, occasion, from)
  const reader = new NotificationReader({
    notifications,
    recipients,
    names,
    clock,
    orders,
    advisories,
    efforts: new EffortTidings({ notifications, recipients, efforts: new EffortStore() }),
    deadlines: new DeadlineTidings({ notifications, recipients, names }),
    tasks: new TaskTidings({
      ...parts,
      notifications,
      recipients,
      onDuty: async (tx) => {
        const home = (await organisations.home(tx))?.id ?? ''
        return shifts.officersAt(tx, home, clock.iso())
      },
    }),
    incidents: new IncidentTidings({ ...parts, notifications, recipients }),
    reports: new ReportTidings({
      notifications,
      recipients,
      names,
      reports: new IncidentReportStore(),
    }),
    clusters: new UnacknowledgedTidings({
      notifications,
      recipients,
      toldOf: deadlineRecipients(parts),
    }),
    shifts: new ShiftTidings({ notifications, recipients, shifts }),
    approval: (tx, id) => approvals.get(tx, id),
    approvers: (tx, right, of) => people.ableTo(tx, ['approval.decide', right], of),
    approvalRight: ({ kind }) => acts.of(kind).approve,
  })
  const sent = new SentMails({
    store,
    notifications,
    recipients,
    tokens,
    linkFor: async (tx, told, to) =>
      (await orders.linkFor(tx, told, to)) || advisories.linkFor(tx, told, to),
  })
  const preferences = new PreferenceService({
    database,
    journal,
    clock,
    store: new PreferenceStore(),
    working: (tx, instant) => parts.rules.book.working(tx, instant),
  })
  serve(http, notificationPreferenceApi, preferenceRoutes(preferences), gate)
  const dispatch = mail
    ? new DispatchService({
        database,
        store,
        claims: new ClaimService({ database, store, preferences, clock }),
        sent,
        clock,
        log,
        transport: mail.transport,
        protection: parts.mailKeys.protection,
        writer: new MailWriter({
          tokens,
          open: outbox.open,
          portal: mail.portal,
          nodeName: parts.nodeName,
          simulated: parts.simulated,
        }),
        outcomes: parts.metrics.counter('mails', 'Mails by what became of them', ['outcome']),
      })
    : undefined
  await startNotificationJobs({
    jobs,
    database,
    clock,
    store,
    dispatch,
    turn: (tx) => tellings.turn(tx, tellSome),
  })
  return { dispatch, sent, following: journal.follow(reader, signal) }
}

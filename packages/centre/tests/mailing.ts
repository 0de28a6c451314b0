import { contactApi } from '@haidang/contracts/contact-point'
import { systemScope } from '@haidang/runtime/database/database'
import type { Mail, MailTransport } from '@haidang/runtime/mail/mail-transport'
import { Metrics } from '@haidang/runtime/metrics'
import { silentLog } from '@haidang/runtime/silent-log'
import { createMailKeys } from '../src/mail-keys.ts'
import { ClaimService } from '../src/modules/notifications/claim-service.ts'
import { DispatchService } from '../src/modules/notifications/dispatch-service.ts'
import { MailWriter } from '../src/modules/notifications/mail-writer.ts'
import { Recipients } from '../src/modules/notifications/recipients.ts'
import { SentMails } from '../src/modules/notifications/sent-mails.ts'
import { PreferenceService } from '../src/modules/preferences/preference-service.ts'
import { PreferenceStore } from '../src/modules/preferences/preference-store.ts'
import { MailSink, mailFacts, portal } from './mail-sink.ts'
import { password, whoNode } from './who-node.ts'

/** A set-up node with a mail server in memory and a clock set by hand. */
export async function mailing() {
  const sink = new MailSink()
  const node = await whoNode({ ...mailFacts, transport: sink })
  const { organisation_id } = await node.setUp()
  const mailKeys = await createMailKeys({
    ...node,
    mail: mailFacts,
    node: { dataDirectory: node.dataDirectory },
  })
  const { store, notifications, tokens, open } = node.outbox
  const recipients = new Recipients(node.whoPeople, node.contacts)
  const sent = new SentMails({
    store,
    notifications,
    recipients,
    tokens,
    linkFor: async () => '',
  })
  const preferences = new PreferenceService({
    ...node,
    store: new PreferenceStore(),
    working: (tx, instant) => node.rules.book.working(tx, instant),
  })
  let count = 0

  const dispatchThrough = (transport: MailTransport) =>
    new DispatchService({
      database: node.database,
      store,
      claims: new ClaimService({
        store,
        preferences,
        database: node.database,
        clock: node.clock,
      }),
      sent,
      transport,
      protection: mailKeys.protection,
      writer: new MailWriter({ tokens, open, portal, simulated: true, nodeName: () => 'Nút thử' }),
      clock: node.clock,
      log: silentLog,
      outcomes: new Metrics({ process: false }).counter('mails', 'mails', ['outcome']),
    })

  return {
    node,
    sink,
    store,
    organisation_id,
    mailKeys,
    preferences,
    password,
    dispatchThrough,
    dispatch: dispatchThrough(sink),
    newcomer: {
      organisation_id,
      role_id: 'analyst',
      email: 'moi@tt.example',
      name: 'Người mới',
    },
    member() {
      const email = `thanh-vien-${++count}@tt.example`
      const body = { organisation_id, role_id: 'analyst', email, name: 'Thành viên', password }
      return node.people(node.local).create({ body })
    },
    async askContact(email: string) {
      const contacts = node.client(contactApi, node.local)
      const body = { purpose: 'duty' as const, name: 'Tổ trực', email }
      const contact = await contacts.add({ params: { id: organisation_id }, body })
      const params = { id: organisation_id, contact: contact.id }
      return { contact, asked: await contacts.ask({ params }) }
    },
    [Symbol.asyncDispose]: () => node[Symbol.asyncDispose](),
  }
}

/** Every mail there is, sent or not. */
export async function deliveries({ node, store }: Awaited<ReturnType<typeof mailing>>) {
  const page = await node.database.transact(systemScope, (tx) =>
    store.deliveries(tx, { limit: 500 }),
  )
  return page.items
}

/** The token of the link to a page, as somebody reads it in the mail. */
export function linked(mail: Mail | undefined, path: string): string {
  const [, token = ''] = mail?.text.match(new RegExp(`${portal}${path}#(\\S+)`)) ?? []
  return token
}

import { mailKeyApi } from '@haidang/contracts/mail-key'
import type { Tlp } from '@haidang/contracts/tlp'
import { openSeal } from '@haidang/link/keys/seal'
import type { Clock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import type { ContactService } from './modules/contacts/contact-service.ts'
import { mailKeyRoutes } from './modules/mail-keys/mail-key-routes.ts'
import { MailKeyService } from './modules/mail-keys/mail-key-service.ts'
import { MailKeyStore } from './modules/mail-keys/mail-key-store.ts'
import { OpeningService } from './modules/mail-keys/opening-service.ts'
import { ProtectionService } from './modules/mail-keys/protection-service.ts'

interface MailKeyParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly contacts: ContactService
  readonly nodeName: () => string
  readonly node: { readonly dataDirectory: string }
  readonly mail?: { readonly address: string; readonly clearUpTo: Tlp } | undefined
}

/** OpenPGP for mails: the keys of the node, what leaves encrypted, what comes in. */
export async function createMailKeys(parts: MailKeyParts) {
  const { database, journal, clock, contacts, nodeName, node, mail } = parts
  const keys = new MailKeyService({
    database,
    journal,
    clock,
    nodeName,
    store: new MailKeyStore(),
    seal: await openSeal(node.dataDirectory, 'mail-keys'),
    address: mail?.address,
  })
  const protection = new ProtectionService({
    keys,
    clock,
    clearUpTo: mail?.clearUpTo ?? 'clear',
    keysOf: (tx, organisationId, address) => contacts.keysOf(tx, address, organisationId),
  })
  const opener = new OpeningService({
    database,
    keys,
    keysOf: (tx, address) => contacts.confirmedKeysOf(tx, address),
  })
  return {
    keys,
    protection,
    opener,
    serve: (http: FastifyInstance, gate: Gate) =>
      serve(http, mailKeyApi, mailKeyRoutes(keys), gate),
  }
}
export type MailKeys = Awaited<ReturnType<typeof createMailKeys>>

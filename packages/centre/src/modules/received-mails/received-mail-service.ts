import type { DocumentFile } from '@haidang/contracts/document'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { ReceivedMail, ReceivedMailBody } from '@haidang/contracts/received-mail'
import type { Blobs } from '@haidang/runtime/blobs/blobs'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { type ReceivedMailStore, shown } from './received-mail-store.ts'
import type { ReceivedMailRow } from './received-mail-tables.ts'

interface ReceivedMailParts {
  readonly database: Database
  readonly store: ReceivedMailStore
  readonly journal: Journal
  readonly blobs: Blobs
  readonly clock: Clock
  /** Whether the scope of the transaction shows this order, incident or report. */
  /** Organisations that name an address as theirs. */
  readonly sendersOf: (tx: Tx, address: string) => Promise<ReceivedMailBody['senders']>
  readonly sees: (tx: Tx, objectId: string) => Promise<boolean>
}

/** Mails that came in, as people read, file and dismiss them. */
export class ReceivedMailService {
  readonly #parts: ReceivedMailParts

  constructor(parts: ReceivedMailParts) {
    this.#parts = parts
  }

  list({ scope }: Caller, query: PageQuery): Promise<Page<ReceivedMail>> {
    const { database, store } = this.#parts
    return database.transact(scope, (tx) => store.list(tx, query))
  }

  /** Throws Problem mail.not-found. */
  get({ scope }: Caller, id: string): Promise<ReceivedMailBody> {
    const { database, sendersOf } = this.#parts
    return database.transact(scope, async (tx) => {
      const row = await this.require(tx, id)
      const { recipients, body, sha256, opened_sha256 } = row
      return {
        ...shown(row),
        recipients: [...recipients],
        text: body,
        sha256,
        senders: row.state === 'unfiled' ? await sendersOf(tx, row.from_address) : [],
        has_source: sha256 !== '',
        has_opened: opened_sha256 !== '',
      }
    })
  }

  /** Throws Problem mail.not-found, mail.source-missing. */
  async source({ scope }: Caller, id: string, form: 'came' | 'opened'): Promise<DocumentFile> {
    const { database, blobs } = this.#parts
    const row = await database.transact(scope, (tx) => this.require(tx, id))
    const sha256 = form === 'came' ? row.sha256 : row.opened_sha256
    const bytes = sha256 === '' ? undefined : await blobs.get(sha256)
    if (!bytes) throw new Problem('mail.source-missing', id)
    return {
      name: `${id}.eml`,
      media_type: 'message/rfc822',
      content: Buffer.from(bytes).toString('base64'),
    }
  }

  /** Throws Problem mail.not-found, mail.settled, mail.object-not-found. */
  file(caller: Caller, id: string, object_id: string): Promise<ReceivedMail> {
    const { database, sees } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      if (!(await sees(tx, object_id))) throw new Problem('mail.object-not-found', object_id)
      return this.settle(tx, caller, id, { state: 'filed', object_id })
    })
  }

  /** Throws Problem mail.not-found, mail.settled. */
  dismiss(caller: Caller, id: string, settled_reason: string): Promise<ReceivedMail> {
    return this.#parts.database.transact(caller.scope, (tx) =>
      this.settle(tx, caller, id, { state: 'dismissed', settled_reason }),
    )
  }

  /** Files or dismisses, in the transaction of a larger act. Throws Problem mail.not-found, mail.settled. */
  async settle(
    tx: Tx,
    { scope }: Caller,
    id: string,
    change: Partial<ReceivedMailRow> & Pick<ReceivedMailRow, 'state'>,
  ): Promise<ReceivedMail> {
    const { store, journal, clock } = this.#parts
    const before = await this.require(tx, id)
    const row = await store.settle(tx, id, {
      ...change,
      settled_by: scope.actor.name,
      settled_at: clock.iso(),
    })
    if (!row) throw new Problem('mail.settled', id)
    await journal.append(tx, {
      type: change.state === 'filed' ? 'mail.filed' : 'mail.dismissed',
      organisation_id: row.organisation_id,
      tlp_rank: row.tlp_rank,
      actor: scope.actor,
      authority: 'mail.file',
      subject: id,
      related: row.object_id ? [row.object_id] : [],
      reason: row.settled_reason,
      before: { state: before.state },
      after: { state: row.state, object_id: row.object_id },
    })
    return shown(row)
  }

  /** Throws Problem mail.not-found. */
  async require(tx: Tx, id: string): Promise<ReceivedMailRow> {
    const row = await this.#parts.store.get(tx, id)
    if (!row) throw new Problem('mail.not-found', id)
    return row
  }
}

import { createHash } from 'node:crypto'
import type { ReceivedMailKind } from '@haidang/contracts/received-mail'
import { Tlp } from '@haidang/contracts/tlp'
import type { Blobs } from '@haidang/runtime/blobs/blobs'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { Log } from '@haidang/runtime/log'
import type { LyingMail, Mailbox } from '@haidang/runtime/mail/mailbox'
import { type ReadMail, readMail } from '@haidang/runtime/mail/read-mail'
import type { CounterMetric } from '@haidang/runtime/metrics'
import { isPassing } from '@haidang/runtime/passing'
import type { OpenedMail, OpeningService } from '../mail-keys/opening-service.ts'
import type { ReceivedMailStore } from './received-mail-store.ts'
import type { ReceivedMailRow } from './received-mail-tables.ts'

/** One of our mails, as the node remembers it. */
export interface SentMail {
  readonly id: string
  readonly object_id: string
  readonly tlp_rank: number
  readonly sender_id: string | null
}

interface ReaderParts {
  readonly database: Database
  readonly store: ReceivedMailStore
  readonly journal: Journal
  readonly blobs: Blobs
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Log
  readonly opener: OpeningService
  readonly mailbox: Mailbox
  /** What the position is kept under. */
  readonly name: string
  /** The organisation the mailbox is of; undefined while the node is not set up. */
  readonly home: (tx: Tx) => Promise<{ readonly id: string } | undefined>
  /** Whether there is such an organisation here. */
  readonly isKnown: (tx: Tx, organisationId: string) => Promise<boolean>
  /** Our mail of a Message-ID, where the node signed it and still knows it. */
  readonly sentMail: (tx: Tx, messageId: string) => Promise<SentMail | undefined>
  /** Told of a mail that came back. */
  readonly returned: (tx: Tx, mail: SentMail, said: string) => Promise<void>
  /** Told of an answer a person wrote. */
  readonly answered: (tx: Tx, mail: SentMail, answer: ReceivedMailRow) => Promise<void>
  /** Told of a further mail about what an earlier one was filed as. */
  readonly continued: (tx: Tx, mail: ReceivedMailRow) => Promise<void>
  readonly kinds: CounterMetric
}

/** What an earlier mail of the same sender was filed as. */
type Thread = Pick<ReceivedMailRow, 'object_id' | 'tlp_rank'>

/** What was found out about a mail. */
interface Judged {
  readonly kind: ReceivedMailKind
  readonly once: string
  readonly sha256: string
  readonly about: SentMail | undefined
  /** What it stands with: of ours, or of an earlier mail. */
  readonly under: Thread | undefined
  readonly organisation_id: string
  readonly opened: OpenedMail | undefined
  readonly opened_sha256: string
}

/** A mail as it is read: as it came, as it was before it was encrypted, or what its signature is over. */
interface Understood {
  readonly mail: ReadMail
  readonly opened: OpenedMail | undefined
}

const mostAtOnce = 50
const mostHops = 30
const mostFromOne = 60
const hour = 3_600_000
const confidential = Tlp.options.indexOf('amber')
/** What one cannot read is kept with nothing in it. */
const nothing: ReadMail = {
  messageId: '',
  answers: [],
  from: { name: '', address: '' },
  to: [],
  subject: '',
  text: '',
  sentAt: undefined,
  isAutomatic: false,
  hops: 0,
  files: [],
  report: undefined,
}

/**
 * Takes mails out of the mailbox, each once: mail, what came of it and the position are kept in one transaction, so
 * that a kill anywhere reads a mail again and changes nothing.
 */
export class MailboxReader {
  readonly #parts: ReaderParts

  constructor(parts: ReaderParts) {
    this.#parts = parts
  }

  /** Reads what is new; answers how many mails. Throws an Error where the mailbox cannot be read. */
  async turn(): Promise<number> {
    const { database, store, mailbox, name, home } = this.#parts
    const { owner, after } = await database.transact(systemScope, async (tx) => ({
      owner: await home(tx),
      after: await store.position(tx, name),
    }))
    if (!owner) return 0
    return mailbox.read(after, mostAtOnce, (mail) => this.#take(owner.id, mail))
  }

  async #take(home: string, lying: LyingMail): Promise<void> {
    const read = await this.#read(lying)
    try {
      await this.#keep(home, lying, read)
    } catch (error) {
      if (!read || isPassing(error)) throw error
      // One mail that cannot be kept must not hold up those behind it; with the database away, this fails, too.
      this.#parts.log.error({ error }, 'what a mail says could not be kept')
      await this.#keep(home, lying, undefined)
    }
  }

  /** `read` is undefined where it cannot be read: then it is kept as it came. */
  async #keep(home: string, lying: LyingMail, read: Understood | undefined): Promise<void> {
    const { database, store, journal, blobs, kinds } = this.#parts
    const mail = read?.mail ?? nothing
    const opened = read?.opened
    const once = createHash('sha256').update(lying.bytes).digest('hex')
    const sha256 = lying.isWhole ? await blobs.put(lying.bytes) : ''
    const opened_sha256 = opened?.bytes ? await blobs.put(opened.bytes) : ''
    const kind = await database.transact(systemScope, async (tx) => {
      const about = await this.#about(tx, mail)
      const thread = about ? undefined : await store.threadOf(tx, mail.answers, mail.from.address)
      const kind = read ? await this.#kindOf(tx, mail, lying, about) : 'unreadable'
      const owner = await this.#ownerOf(tx, home, about)
      const row = this.#rowOf(mail, lying, {
        kind,
        once,
        sha256,
        about,
        under: about ?? thread,
        opened,
        opened_sha256,
        organisation_id: owner,
      })
      await store.move(tx, this.#parts.name, lying.position)
      if (!(await store.add(tx, row))) return undefined
      await this.#follow(tx, row, mail, about)
      await journal.append(tx, {
        type: 'mail.received',
        organisation_id: row.organisation_id,
        tlp_rank: row.tlp_rank,
        actor: systemScope.actor,
        authority: 'mailbox',
        subject: row.id,
        related: [row.object_id, row.delivery_id].filter(Boolean),
        after: { kind, size: row.size, encryption: row.encryption, signature: row.signature },
      })
      return kind
    })
    if (kind) kinds.add(1, { kind })
  }

  #rowOf(mail: ReadMail, lying: LyingMail, judged: Judged): ReceivedMailRow {
    const { newId, clock } = this.#parts
    const { kind, once, sha256, about, under, organisation_id, opened, opened_sha256 } = judged
    return {
      id: newId('receivedMail'),
      once,
      kind,
      sha256,
      opened_sha256,
      encryption: opened?.encryption ?? 'none',
      signature: opened?.signature ?? 'none',
      signer: opened?.signer ?? '',
      organisation_id,
      tlp_rank: Math.max(under?.tlp_rank ?? 0, confidential),
      state: kind === 'loop' ? 'dismissed' : under ? 'filed' : 'unfiled',
      message_id: mail.messageId,
      from_name: mail.from.name,
      from_address: mail.from.address,
      recipients: mail.to,
      subject: mail.subject,
      body: mail.text,
      size: lying.size,
      files: mail.files.map(({ name, mediaType, bytes }) => ({
        name,
        media_type: mediaType,
        size: bytes.byteLength,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      })),
      object_id: under?.object_id ?? '',
      delivery_id: about?.id ?? '',
      sent_at: mail.sentAt ?? null,
      received_at: clock.iso(),
      settled_by: '',
      settled_at: null,
      settled_reason: '',
    }
  }

  /** Who sent the mail it is about, where this node knows them; orders come from other nodes, too. */
  async #ownerOf(tx: Tx, home: string, about: SentMail | undefined): Promise<string> {
    const sender = about?.sender_id
    return sender && (await this.#parts.isKnown(tx, sender)) ? sender : home
  }

  /** Throws an Error where the keys cannot be asked for: the mail is read again, not given up. */
  async #read({ bytes, isWhole }: LyingMail): Promise<Understood | undefined> {
    const came = await this.#mailOf(bytes)
    // Of headers alone nothing can be opened, and no signature judged.
    if (!came || !isWhole) return came && { mail: came, opened: undefined }
    const opened = await this.#parts.opener.open(bytes, came)
    const mail = opened.shown ? await this.#mailOf(opened.shown) : came
    return mail && { mail, opened }
  }

  async #mailOf(bytes: Uint8Array): Promise<ReadMail | undefined> {
    try {
      return await readMail(bytes)
    } catch (error) {
      this.#parts.log.warn({ error }, 'a mail that came in cannot be read')
      return undefined
    }
  }

  /** The mail of ours it answers, or that came back. */
  async #about(tx: Tx, { answers, report }: ReadMail): Promise<SentMail | undefined> {
    for (const id of [...(report?.about ?? []), ...answers]) {
      const found = await this.#parts.sentMail(tx, id)
      if (found) return found
    }
    return undefined
  }

  async #kindOf(
    tx: Tx,
    mail: ReadMail,
    { isWhole }: LyingMail,
    about: SentMail | undefined,
  ): Promise<ReceivedMailKind> {
    const { store, clock, sentMail } = this.#parts
    if (mail.hops > mostHops || (await sentMail(tx, mail.messageId))) return 'loop'
    if (mail.report && about) return 'bounce'
    const came = await store.since(tx, mail.from.address, isoOf(clock.now() - hour))
    if (came >= mostFromOne) return 'flood'
    if (!isWhole) return 'too-large'
    return mail.isAutomatic ? 'automatic' : 'message'
  }

  async #follow(
    tx: Tx,
    row: ReceivedMailRow,
    mail: ReadMail,
    about: SentMail | undefined,
  ): Promise<void> {
    const { returned, answered, continued } = this.#parts
    const { kind } = row
    if (kind === 'bounce' && about) {
      if (mail.report?.outcome === 'failed') await returned(tx, about, mail.report.said)
    } else if (kind === 'message' || kind === 'too-large') {
      if (about) await answered(tx, about, row)
      if (row.object_id !== '') await continued(tx, row)
    }
  }
}

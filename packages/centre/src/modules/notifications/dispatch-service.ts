import { millisecondsOf } from '@haidang/contracts/instant'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Log } from '@haidang/runtime/log'
import { type Mail, MailRefused, type MailTransport } from '@haidang/runtime/mail/mail-transport'
import type { CounterMetric } from '@haidang/runtime/metrics'
import { nextAttempt } from '../../mail-attempts.ts'
import type { Protection, ProtectionService } from '../mail-keys/protection-service.ts'
import type { Bundle, ClaimService } from './claim-service.ts'
import type { Due, MailWriter } from './mail-writer.ts'
import type { NotificationStore } from './notification-store.ts'
import type { SentMails } from './sent-mails.ts'

interface DispatchParts {
  readonly database: Database
  readonly store: NotificationStore
  readonly claims: ClaimService
  readonly sent: SentMails
  readonly writer: MailWriter
  readonly transport: MailTransport
  readonly protection: ProtectionService
  readonly clock: Clock
  readonly log: Log
  readonly outcomes: CounterMetric
}

/** A mail, and how each thing it tells of goes out by it. */
interface Written {
  readonly mail: Mail
  readonly wayOf: (due: Due) => Protection
}

const batch = 20
const lanes = 2
/** A turn ends after so many batches: the next one comes at once. */
const mostBatches = 50
const answerLength = 500

/**
 * Sends what is due. A delivery is claimed by moving its next attempt behind the lease, sent, and marked: one that
 * dies in between is sent again under the same Message-ID, and none is lost.
 */
export class DispatchService {
  readonly #parts: DispatchParts

  constructor(parts: DispatchParts) {
    this.#parts = parts
  }

  /** Before the first turn of a process: what the one before it had claimed and not finished is due at once. */
  resume(): Promise<void> {
    const { database, store, clock } = this.#parts
    return database.transact(systemScope, (tx) => store.endLeases(tx, clock.iso()))
  }

  /** Answers how many mails were tried. */
  async turn(): Promise<number> {
    let tried = 0
    for (let n = 0; n < mostBatches; n++) {
      const { bundles, looked } = await this.#parts.claims.take(batch)
      const waiting = bundles.values()
      const work = async () => {
        for (const one of waiting) await this.#deliver(one)
      }
      await Promise.all(Array.from({ length: lanes }, work))
      tried += bundles.length
      if (looked < batch) break
    }
    return tried
  }

  async #deliver(bundle: Bundle): Promise<void> {
    const { transport, outcomes, database } = this.#parts
    let written: Written
    try {
      written = await this.#written(bundle)
      await transport.send(written.mail)
    } catch (error) {
      const refused = refusalOf(error)
      outcomes.add(1, { outcome: refused.permanent ? 'refused' : 'postponed' })
      await database.transact(systemScope, async (tx) => {
        for (const due of bundle) await this.#failed(tx, due, refused)
      })
      return
    }
    outcomes.add(1, { outcome: 'sent' })
    await database.transact(systemScope, async (tx) => {
      for (const due of bundle) await this.#sent(tx, due, written.wayOf(due))
    })
  }

  async #written(bundle: Bundle): Promise<Written> {
    const { database, protection, writer } = this.#parts
    const [first, ...more] = bundle
    const isOne = more.length === 0
    const to = isOne ? first.row : { ...first.row, tlp_rank: 0 }
    const way = await database.transact(systemScope, (tx) => protection.of(tx, to))
    if (isOne) return { mail: writer.single(first, way), wayOf: () => way }
    const isShown = ({ row }: Due) =>
      way.protection === 'encrypted' ||
      (way.protection === 'clear' && protection.mayBeRead(row.tlp_rank))
    return {
      mail: writer.digest(bundle, way, isShown),
      wayOf: (due) => (isShown(due) ? way : { ...way, protection: 'link-only' }),
    }
  }

  async #sent(tx: Tx, { row }: Due, way: Protection): Promise<void> {
    const { store, clock } = this.#parts
    await store.change(tx, row.id, {
      state: 'sent',
      sealed: '',
      cause: '',
      answer: way.refusal,
      protection: way.protection,
      key_fingerprint: way.key_fingerprint,
      sent_at: clock.iso(),
    })
  }

  async #failed(tx: Tx, { row, told }: Due, error: MailRefused): Promise<void> {
    const { store, clock, log, sent } = this.#parts
    const answer = error.message.slice(0, answerLength)
    const next = error.permanent
      ? undefined
      : nextAttempt(millisecondsOf(row.planned_at ?? row.created_at), clock.now(), row.attempts)
    log.warn({ delivery: row.id, answer, again: next !== undefined }, 'a mail was not taken')
    const cause = error.reached ? 'refused' : 'unreachable'
    if (next !== undefined) {
      await store.change(tx, row.id, { cause, answer, due_at: isoOf(next), leased_at: null })
      return
    }
    await sent.fail(tx, row, told, { cause: error.permanent ? 'refused' : 'too-old', answer })
  }
}

/** Whatever else goes wrong may pass, and is tried as long as an unreachable server is. */
function refusalOf(error: unknown): MailRefused {
  if (error instanceof MailRefused) return error
  return new MailRefused(String(error), { permanent: false, reached: false })
}

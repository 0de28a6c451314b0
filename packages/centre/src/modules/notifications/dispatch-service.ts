import { millisecondsOf } from '@haidang/contracts/instant'
import { kindRules } from '@haidang/contracts/notification-kind'
import { Tlp } from '@haidang/contracts/tlp'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import type { Log } from '@haidang/runtime/log'
import { htmlOf, textOf } from '@haidang/runtime/mail/letter'
import { type Mail, MailRefused, type MailTransport } from '@haidang/runtime/mail/mail-transport'
import type { CounterMetric } from '@haidang/runtime/metrics'
import type { MailTokens } from '../../mail-token.ts'
import { leaseMilliseconds, nextAttempt } from './delivery.ts'
import type { NotificationStore } from './notification-store.ts'
import type { DeliveryRow, NotificationRow } from './notification-tables.ts'
import { actOf } from './notification-texts.ts'
import type { SentMails } from './sent-mails.ts'

interface DispatchParts {
  readonly database: Database
  readonly store: NotificationStore
  readonly sent: SentMails
  readonly tokens: MailTokens
  readonly transport: MailTransport
  readonly clock: Clock
  readonly log: Log
  /** Opens what a delivery of this id has sealed. */
  readonly open: (id: string, sealed: string) => string
  /** Address of the portal, without a slash at its end. */
  readonly portal: string
  readonly nodeName: () => string
  readonly simulated: boolean
  readonly outcomes: CounterMetric
}

interface Due {
  readonly row: DeliveryRow
  readonly told: NotificationRow
}

const batch = 20
const lanes = 2
/** A turn ends after so many batches: the next one comes at once. */
const mostBatches = 50
/** From here on a mail that is not encrypted says nothing but that there is something to read. */
const silentFrom = Tlp.options.indexOf('amber+strict')
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

  /** Answers how many mails were tried. */
  async turn(): Promise<number> {
    let tried = 0
    for (let n = 0; n < mostBatches; n++) {
      const due = await this.#claim()
      const waiting = due.values()
      const work = async () => {
        for (const one of waiting) await this.#deliver(one)
      }
      await Promise.all(Array.from({ length: lanes }, work))
      tried += due.length
      if (due.length < batch) break
    }
    return tried
  }

  #claim(): Promise<Due[]> {
    const { database, store, clock } = this.#parts
    return database.transact(systemScope, async (tx) => {
      const due: Due[] = []
      for (const row of await store.due(tx, clock.iso(), batch)) {
        const told = await store.get(tx, row.notification_id)
        if (!told) continue
        const attempts = row.attempts + 1
        await store.change(tx, row.id, {
          attempts,
          due_at: isoOf(clock.now() + leaseMilliseconds),
        })
        due.push({ row: { ...row, attempts }, told })
      }
      return due
    })
  }

  async #deliver(due: Due): Promise<void> {
    const { transport, outcomes, database, store, clock } = this.#parts
    const { row } = due
    try {
      await transport.send(this.#mailOf(due))
    } catch (error) {
      const refused = refusalOf(error)
      outcomes.add(1, { outcome: refused.permanent ? 'refused' : 'postponed' })
      await this.#failed(due, refused)
      return
    }
    outcomes.add(1, { outcome: 'sent' })
    await database.transact(systemScope, (tx) =>
      store.change(tx, row.id, {
        state: 'sent',
        sealed: '',
        cause: '',
        answer: '',
        sent_at: clock.iso(),
      }),
    )
  }

  async #failed({ row, told }: Due, error: MailRefused): Promise<void> {
    const { database, store, clock, log, sent } = this.#parts
    const answer = error.message.slice(0, answerLength)
    const next = error.permanent
      ? undefined
      : nextAttempt(millisecondsOf(row.created_at), clock.now(), row.attempts)
    log.warn({ delivery: row.id, answer, again: next !== undefined }, 'a mail was not taken')
    const cause = error.reached ? 'refused' : 'unreachable'
    await database.transact(systemScope, async (tx) => {
      if (next !== undefined) {
        await store.change(tx, row.id, { cause, answer, due_at: isoOf(next) })
        return
      }
      await sent.fail(tx, row, told, { cause: error.permanent ? 'refused' : 'too-old', answer })
    })
  }

  #mailOf({ row, told }: Due): Mail {
    const { open, portal, nodeName, simulated, tokens } = this.#parts
    const { language, kind, tlp_rank } = row
    const isSilent = tlp_rank >= silentFrom
    const vi = language === 'vi'
    const title = isSilent ? kindRules[kind].name[language] : told.title
    const hidden = vi ? 'Nội dung chỉ xem được trong cổng.' : 'Read it in the portal.'
    const mark = simulated ? (vi ? '[MÔ PHỎNG] ' : '[SIMULATED] ') : ''
    const path = row.sealed ? open(row.id, row.sealed) : told.path
    const letter = {
      lines: isSilent ? [title, hidden] : told.text.split('\n'),
      link: path ? { url: `${portal}${path}`, label: actOf(kind, language) } : undefined,
      footer: [
        `${nodeName()} · TLP:${(Tlp.options[tlp_rank] ?? 'red').toUpperCase()}`,
        vi
          ? 'Thư tự động của Hải Đăng. Chúng tôi không bao giờ hỏi mật khẩu.'
          : 'Sent by Hải Đăng, automatically. We never ask for passwords.',
      ],
    }
    return {
      id: tokens.sign(row.id),
      thread: row.object_id,
      subject: `${mark}${title}`,
      to: { name: row.recipient_name, address: row.address },
      text: textOf(letter),
      html: htmlOf(letter),
    }
  }
}

/** Whatever else goes wrong may pass, and is tried as long as an unreachable server is. */
function refusalOf(error: unknown): MailRefused {
  if (error instanceof MailRefused) return error
  return new MailRefused(String(error), { permanent: false, reached: false })
}

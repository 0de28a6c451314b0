import type { Tx } from '@haidang/runtime/database/database'
import type { ReadMail } from '@haidang/runtime/mail/read-mail'

/** A mail that came in and that nobody has a place for yet. */
export interface TakenMail extends ReadMail {
  /** Of the received mail. */
  readonly id: string
  /** Whose mailbox it came into, and the mark of what it says until somebody decides otherwise. */
  readonly organisation_id: string
  readonly tlp_rank: number
  readonly received_at: string
  /** Name of the mail as it came, in the file store. */
  readonly sha256: string
}

/**
 * A module that makes something of mails: of those that answer none of ours, in the transaction that keeps the mail.
 * Who sent it is not proven. Whatever a taker throws is undone, logged, and leaves the mail unfiled.
 */
export interface MailTaker {
  readonly name: string
  /** The id of what it made or added to; undefined: it is not for this one. */
  take(tx: Tx, mail: TakenMail): Promise<string | undefined>
}

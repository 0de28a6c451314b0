import type { NotificationKind } from '@haidang/contracts/notification-kind'
import type { Language } from '@haidang/contracts/person'
import type { Caller } from '@haidang/runtime/caller'
import type { Tx } from '@haidang/runtime/database/database'

/** A one-time link on its way to whom it is for. */
export interface LinkMail {
  readonly kind: Extract<NotificationKind, 'invitation' | 'recovery' | 'contact-verification'>
  /** The link's own identity: the same link is mailed once. */
  readonly once: string
  readonly object_id: string
  readonly to: {
    readonly organisation_id: string
    readonly name: string
    readonly address: string
    readonly language: Language
  }
  /** Page with the token after #. */
  readonly path: string
  readonly expires_at: string
  readonly organisation: string
  /** Who made the link, and is told where its mail fails. */
  readonly by: {
    readonly name: string
    readonly person_id: string | null
    readonly organisation_id: string
  }
}

/** Who makes a link. */
export function byOf({ scope, person_id, organisation_id }: Caller): LinkMail['by'] {
  return { name: scope.actor.name, person_id, organisation_id }
}

/** Sends links of modules that know nothing of notifications. */
export interface LinkPost {
  /** Queues the mail in the transaction of the act. False: this node has no mail server, or there is no address. */
  post(tx: Tx, mail: LinkMail): Promise<boolean>
}

import { millisecondsOf } from '@haidang/contracts/instant'
import { kindRules, type NotificationKind } from '@haidang/contracts/notification-kind'
import {
  type NotificationPreference,
  usualPreference,
} from '@haidang/contracts/notification-preference'
import type { WorkingTime } from '@haidang/contracts/working-time'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { personIdOf } from '../../signed-in.ts'
import { mailTime } from './mail-time.ts'
import type { PreferenceStore } from './preference-store.ts'

interface PreferenceParts {
  readonly database: Database
  readonly store: PreferenceStore
  readonly journal: Journal
  readonly clock: Clock
  /** Which days are worked, by the profiles in force at an instant. */
  readonly working: (tx: Tx, instant: string) => Promise<Pick<WorkingTime, 'isWorkingDay'>>
}

/** What is to become of a mail; undefined: its reader does without. */
export type Timing = { readonly timing: 'single' | 'digest'; readonly due_at: string } | undefined

/** How people want to be told by mail, and what follows from it for a mail. */
export class PreferenceService {
  readonly #parts: PreferenceParts

  constructor(parts: PreferenceParts) {
    this.#parts = parts
  }

  /** Throws Problem session.required for an API key. */
  get(caller: Caller): Promise<NotificationPreference> {
    const { database, store } = this.#parts
    const personId = personIdOf(caller)
    return database.transact(
      caller.scope,
      async (tx) => (await store.of(tx, personId)) ?? usualPreference,
    )
  }

  /** Throws Problem session.required for an API key. */
  change(caller: Caller, preference: NotificationPreference): Promise<NotificationPreference> {
    const { database, store, journal, clock } = this.#parts
    const person_id = personIdOf(caller)
    const { organisation_id } = caller
    return database.transact(caller.scope, async (tx) => {
      const before = await store.of(tx, person_id)
      await store.put(tx, { person_id, organisation_id, preference, updated_at: clock.iso() })
      await journal.append(tx, {
        type: 'notification-preference.changed',
        organisation_id,
        actor: caller.scope.actor,
        authority: 'signed-in',
        subject: person_id,
        before: before ?? usualPreference,
        after: preference,
      })
      return preference
    })
  }

  /** By what its reader wants; contact points and one-time links are written to at once. Needs the scope of the node. */
  async timing(
    tx: Tx,
    personId: string | null,
    mail: {
      readonly kind: NotificationKind
      readonly urgent: boolean
      readonly created_at: string
    },
  ): Promise<Timing> {
    const { store, working } = this.#parts
    const at = { timing: 'single', due_at: mail.created_at } as const
    const rule = kindRules[mail.kind]
    const wishes = personId !== null && rule.optional ? await store.of(tx, personId) : undefined
    if (!wishes) return at
    if (wishes.muted.includes(mail.kind)) return undefined
    if (mail.urgent) return at
    const calendar = await working(tx, mail.created_at)
    const due = mailTime(millisecondsOf(mail.created_at), wishes, (date) =>
      calendar.isWorkingDay(date),
    )
    return { timing: wishes.digest === 'none' ? 'single' : 'digest', due_at: isoOf(due) }
  }
}

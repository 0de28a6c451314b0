import { millisecondsOf } from '@haidang/contracts/instant'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import { leaseMilliseconds } from '../../mail-attempts.ts'
import type { PreferenceService } from '../preferences/preference-service.ts'
import type { Due } from './mail-writer.ts'
import type { NotificationStore } from './notification-store.ts'
import type { DeliveryRow } from './notification-tables.ts'

interface ClaimParts {
  readonly database: Database
  readonly store: NotificationStore
  readonly preferences: Pick<PreferenceService, 'timing'>
  readonly clock: Clock
}

/** Mails that go out as one. */
export type Bundle = readonly [Due, ...Due[]]

/**
 * Claims what is due by moving its next attempt behind the lease. A mail is asked once when its reader wants it, and
 * waits until then; what is gathered is put together once, without what was read meanwhile.
 */
export class ClaimService {
  readonly #parts: ClaimParts

  constructor(parts: ClaimParts) {
    this.#parts = parts
  }

  /** At most so many rows are looked at; `looked` says how many were. */
  take(most: number): Promise<{ readonly bundles: Bundle[]; readonly looked: number }> {
    const { database, store, clock } = this.#parts
    return database.transact(systemScope, async (tx) => {
      const bundles: Bundle[] = []
      const taken = new Set<string>()
      const rows = await store.due(tx, clock.iso(), most)
      for (const row of rows) {
        const bundle = taken.has(row.id) ? undefined : await this.#bundle(tx, row)
        if (!bundle) continue
        for (const due of bundle) taken.add(due.row.id)
        bundles.push(bundle)
      }
      return { bundles, looked: rows.length }
    })
  }

  /** Undefined where nothing goes out now. */
  async #bundle(tx: Tx, row: DeliveryRow): Promise<Bundle | undefined> {
    const timed = await this.#timed(tx, row)
    const [first, ...more] = timed ? await this.#together(tx, timed) : []
    return first && this.#leased(tx, [first, ...more])
  }

  /** Undefined where it does not go out now. */
  async #timed(tx: Tx, row: DeliveryRow): Promise<DeliveryRow | undefined> {
    const { store, preferences, clock } = this.#parts
    if (row.timing !== '') return row
    const told = await store.get(tx, row.notification_id)
    const timing = await preferences.timing(tx, told?.person_id ?? null, row)
    if (!timing) {
      await store.change(tx, row.id, { state: 'suppressed', cause: 'preference', sealed: '' })
      return undefined
    }
    const change = { ...timing, planned_at: timing.due_at }
    await store.change(tx, row.id, change)
    return millisecondsOf(timing.due_at) > clock.now() ? undefined : { ...row, ...change }
  }

  /** What goes out with it. Empty where all of it was read in the portal meanwhile. */
  async #together(tx: Tx, row: DeliveryRow): Promise<Due[]> {
    const { store, clock } = this.#parts
    const rows = row.timing === 'digest' ? await store.gathered(tx, row, clock.iso()) : [row]
    const dues: Due[] = []
    for (const one of rows) {
      const told = await store.get(tx, one.notification_id)
      const isRead = one.timing === 'digest' && one.digest_id === '' && told?.read_at != null
      if (told && !isRead) dues.push({ told, row: one })
      else if (told) await store.change(tx, one.id, { state: 'suppressed', cause: 'read' })
    }
    return dues
  }

  async #leased(tx: Tx, bundle: Bundle): Promise<Bundle> {
    const { store, clock } = this.#parts
    const [first, ...more] = bundle
    const isGathered = first.row.timing === 'digest'
    const digest_id = isGathered ? first.row.digest_id || first.row.id : ''
    const leased_at = clock.iso()
    const due_at = isoOf(clock.now() + leaseMilliseconds)
    const leased = async ({ row, told }: Due): Promise<Due> => {
      const change = { digest_id, due_at, leased_at, attempts: row.attempts + 1 }
      await store.change(tx, row.id, change)
      return { told, row: { ...row, ...change } }
    }
    const rest: Due[] = []
    const head = await leased(first)
    for (const due of more) rest.push(await leased(due))
    return [head, ...rest]
  }
}

import {
  type ConfigurationReport,
  DirectedConfiguration,
  SettingName,
} from '@haidang/contracts/directed-configuration'
import type { Envelope } from '@haidang/contracts/link'
import type { OwnConfiguration } from '@haidang/contracts/parent-configuration-api'
import type { ConfigurationStore } from '@haidang/link/child/configuration-store'
import type {
  DirectedConfigurationRow,
  PlacedProfile,
  SettingConsentRow,
} from '@haidang/link/child/configuration-tables'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { type JudgedSettings, judgeSettings, type WantedProfile } from './judged-settings.ts'

interface DirectedSettingsParts {
  readonly database: Database
  readonly journal: Journal
  readonly store: ConfigurationStore
  readonly clock: Clock
  /** Puts regulation profiles into force in place of those placed before; answers what is placed from here on. */
  readonly place: (
    tx: Tx,
    wanted: readonly WantedProfile[],
    placed: readonly PlacedProfile[],
    by: { readonly name: string; readonly reason: string },
  ) => Promise<readonly PlacedProfile[]>
  /** Tells the parent what became of its settings, in the transaction that decides it. */
  readonly answer: (tx: Tx, report: ConfigurationReport) => Promise<void>
}

/**
 * Directives of kind configuration: what the parent sets at this node, as far as its owner lets it. All of it happens in
 * one transaction with the watermark of the stream: a stop at any moment repeats the whole or nothing, and taking the
 * same settings again changes nothing.
 */
export class DirectedSettings {
  readonly #parts: DirectedSettingsParts
  #heartbeat: number | undefined

  constructor(parts: DirectedSettingsParts) {
    this.#parts = parts
  }

  /** Seconds between two heartbeats, if the parent sets them. */
  get heartbeatSeconds(): number | undefined {
    return this.#heartbeat
  }

  /** Takes settings whose signature was verified. Throws Problem configuration.refused for what cannot be read at all. */
  async take(tx: Tx, { from, data }: Envelope): Promise<void> {
    const { store, clock } = this.#parts
    const read = DirectedConfiguration.safeParse(data)
    if (!read.success) {
      const [issue] = read.error.issues
      throw new Problem('configuration.refused', `${issue?.path.join('.')}: ${issue?.message}`)
    }
    const before = await store.get(tx)
    const row = await this.#settle(tx, {
      ...read.data,
      parent_id: from,
      answers: [],
      received_at: clock.iso(),
      placed: before?.placed ?? [],
    })
    await this.#entry(tx, {
      type: 'configuration.taken',
      actor: systemScope.actor,
      authority: 'link.configuration',
      subject: `configuration:${row.number}`,
      reason: row.reason,
      before: before && { number: before.number, settings: before.answers },
      after: { number: row.number, set_by: row.set_by, settings: row.answers },
    })
  }

  /** Another parent has no hold on what the one before set: it ends. */
  async joined(tx: Tx, parentId: string): Promise<void> {
    const row = await this.#parts.store.get(tx)
    if (!row || row.parent_id === parentId) return
    await this.#keep(tx, { ...row, settings: {} })
  }

  /** What the parent set and what it may set. */
  own(): Promise<OwnConfiguration> {
    return this.#parts.database.transact(systemScope, (tx) => this.#own(tx))
  }

  /** Lets the parent set something, or takes that back. Throws Problem permission.missing. */
  async decide(
    { scope }: Caller,
    { name, allowed, reason }: { name: SettingName; allowed: boolean; reason: string },
  ): Promise<OwnConfiguration> {
    if (scope.organisations !== 'all') throw new Problem('permission.missing', 'station.manage')
    const { database, store, clock } = this.#parts
    const { id: actor_id, name: actor_name } = scope.actor
    const row = { name, allowed, reason, actor_id, actor_name, decided_at: clock.iso() }
    const own = await database.transact({ ...systemScope, actor: scope.actor }, async (tx) => {
      const before = isAllowed(await store.consents(tx), name)
      await store.decide(tx, row)
      await this.#entry(tx, {
        type: 'configuration.decided',
        actor: scope.actor,
        authority: 'station.manage',
        subject: `setting:${name}`,
        reason,
        before: { allowed: before },
        after: { allowed },
      })
      const given = await store.get(tx)
      if (given) await this.#settle(tx, given)
      return this.#own(tx)
    })
    await this.refresh()
    return own
  }

  /** What the heartbeat says of it; from here on the heartbeat has the rhythm that is set. */
  async heartbeat(tx: Tx): Promise<{ number: number }> {
    const row = await this.#parts.store.get(tx)
    this.#heartbeat = row && (await this.#judged(tx, row)).heartbeat
    return { number: row?.number ?? 0 }
  }

  /** Takes up the rhythm that is set, at the start of the node. */
  async refresh(): Promise<void> {
    await this.#parts.database.transact(systemScope, (tx) => this.heartbeat(tx))
  }

  /** Seconds a new source may be silent for, if the parent sets them. */
  silenceSeconds(): Promise<number | undefined> {
    const { database, store } = this.#parts
    return database.transact(systemScope, async (tx) => {
      const row = await store.get(tx)
      return row && (await this.#judged(tx, row)).silence
    })
  }

  /** Brings into force what of a version may be, and answers the parent. */
  async #settle(tx: Tx, row: DirectedConfigurationRow): Promise<DirectedConfigurationRow> {
    const kept = await this.#keep(tx, row)
    await this.#parts.answer(tx, { number: kept.number, settings: kept.answers })
    return kept
  }

  async #keep(tx: Tx, row: DirectedConfigurationRow): Promise<DirectedConfigurationRow> {
    const { store, place } = this.#parts
    const { answers, profiles } = await this.#judged(tx, row)
    const by = { name: row.set_by, reason: row.reason }
    const placed = await place(tx, profiles, row.placed, by)
    const kept = { ...row, answers: [...answers], placed }
    await store.put(tx, kept)
    return kept
  }

  async #judged(tx: Tx, { settings }: DirectedConfigurationRow): Promise<JudgedSettings> {
    const consents = await this.#parts.store.consents(tx)
    return judgeSettings(settings, (name) => isAllowed(consents, name))
  }

  async #own(tx: Tx): Promise<OwnConfiguration> {
    const { store } = this.#parts
    const row = await store.get(tx)
    const consents = await store.consents(tx)
    const names = new Set([...SettingName.options, ...Object.keys(row?.settings ?? {})])
    return {
      given: row ? givenOf(row) : null,
      settings: [...names].map((name) => {
        const consent = consents.find((one) => one.name === name)
        const answer = row?.answers.find((one) => one.name === name)
        return {
          name,
          allowed: SettingName.safeParse(name).success && (consent?.allowed ?? true),
          decided_by: consent?.actor_name ?? null,
          decided_at: consent?.decided_at ?? null,
          reason: consent?.reason ?? '',
          state: answer?.state ?? null,
          problem: answer?.problem ?? null,
          value: row && name in row.settings ? inShort(row.settings[name]) : null,
        }
      }),
    }
  }

  async #entry(tx: Tx, entry: Omit<EntryDraft, 'organisation_id'>): Promise<void> {
    await this.#parts.journal.append(tx, { ...entry, organisation_id: null })
  }
}

/** What the owner did not decide is allowed: the list of what a parent may set is short. */
function isAllowed(consents: readonly SettingConsentRow[], name: string): boolean {
  return consents.find((one) => one.name === name)?.allowed ?? true
}

function givenOf({ number, set_by, set_at, reason, received_at }: DirectedConfigurationRow) {
  return { number, set_by, set_at, reason, received_at }
}

/** A value as one line: seconds, or profiles with the day they begin. */
function inShort(value: unknown): string {
  if (!Array.isArray(value)) {
    const seconds = value !== null && typeof value === 'object' && 'seconds' in value
    return (seconds ? `${value.seconds} s` : JSON.stringify(value)).slice(0, 200)
  }
  return value
    .map(({ effective_from, regulation }) => `${regulation?.profile} (${effective_from})`)
    .join(', ')
    .slice(0, 200)
}

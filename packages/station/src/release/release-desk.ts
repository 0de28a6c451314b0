import type { Alert } from '@haidang/contracts/alert'
import { findingOf } from '@haidang/contracts/detection-finding'
import type { Event } from '@haidang/contracts/event'
import { defaultReleasePolicy, ReleasePolicy, type ReleaseStream } from '@haidang/contracts/release'
import type { Heartbeat } from '@haidang/contracts/station'
import type { Clock } from '@haidang/runtime/clock'
import { systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import type { SourceStore } from '../keep/source-store.ts'
import { type Decided, type ReleaseFacts, ReleaseRules } from './decide.ts'
import type { Pseudonyms } from './pseudonym.ts'
import type { ReleaseStore } from './release-store.ts'
import { treated } from './treat-record.ts'

export interface ReleaseDeskParts {
  readonly store: ReleaseStore
  readonly sources: SourceStore
  readonly journal: Journal
  readonly clock: Clock
  readonly names: Pseudonyms
}

/** A policy, ready to decide. */
interface InForce {
  readonly version: number
  readonly policy: ReleasePolicy
  readonly rules: ReleaseRules
}

type SourceNames = ReadonlyMap<string, string>
const heartbeatFacts: ReleaseFacts = {
  stream: 'health',
  class_uid: 0,
  tlp: 'green',
  source: [],
  systems: [],
}

/**
 * The one place where records leave the node: the owner's policy decides about each, in the transaction
 * that would give it to the link, and counts what it decided.
 */
export class ReleaseDesk {
  readonly #parts: ReleaseDeskParts
  #inForce: InForce | undefined

  constructor(parts: ReleaseDeskParts) {
    this.#parts = parts
  }

  /** What may leave of records of a stream towards the parent, in their order. */
  async released(tx: Tx, stream: string, records: readonly object[]): Promise<readonly object[]> {
    if (stream === 'messages') return this.#messages(tx, records)
    if (stream === 'alerts') return this.#alerts(tx, records)
    return stream === 'events' ? this.#events(tx, records as readonly Event[]) : []
  }

  /** A heartbeat as the parent may have it; secret sources are not in it. */
  async beat<B extends Pick<Heartbeat, 'sources'>>(tx: Tx, heartbeat: B): Promise<B> {
    const { rules } = await this.inForce(tx)
    const { decision } = rules.decide(heartbeatFacts, this.#parts.clock.now(), () => '')
    const open = heartbeat.sources.filter(({ id, name }) => !rules.isSecret([id, name]))
    if (decision === 'send') return { ...heartbeat, sources: open }
    if (decision === 'counts') return { ...heartbeat, sources: [] }
    const { names } = this.#parts
    const hidden = open.map((source) => ({ ...source, name: names.hash('host', source.name) }))
    return { ...heartbeat, sources: hidden }
  }

  /** The policy in force. */
  async inForce(tx: Tx): Promise<InForce> {
    const { store } = this.#parts
    const version = await store.newest(tx)
    if (this.#inForce?.version === version) return this.#inForce
    // A policy an earlier version of the program wrote may lack what is new.
    const written = (await store.version(tx, version))?.policy
    const policy = written ? ReleasePolicy.parse(written) : defaultReleasePolicy
    this.#inForce = { version, policy, rules: new ReleaseRules(policy) }
    return this.#inForce
  }

  /** Names of the station's sources by id, as rules name them. */
  async sourceNames(tx: Tx): Promise<SourceNames> {
    const rows = await this.#parts.sources.all(tx)
    return new Map(rows.map(({ id, name }) => [id, name]))
  }

  async #alerts(tx: Tx, records: readonly object[]): Promise<object[]> {
    const { rules } = await this.inForce(tx)
    const names = await this.sourceNames(tx)
    const alerts = records.map((finding) => alertIn(finding))
    const decided = alerts.map((alert) => this.#decide(rules, alertFacts(alert, names), alert))
    await this.#count(tx, 'alerts', decided, () => 2004)
    return records.flatMap((finding, i): object[] => {
      const alert = alerts[i]
      const { decision = 'keep', fields = [] } = decided[i] ?? {}
      if (decision === 'send') return [finding]
      if (decision !== 'masked' || !alert) return []
      const origin = 'origin' in finding ? { origin: finding.origin } : {}
      return [{ ...findingOf(treated(alert, fields, this.#treating(rules))), ...origin }]
    })
  }

  async #events(tx: Tx, events: readonly Event[]): Promise<object[]> {
    const { rules } = await this.inForce(tx)
    const names = await this.sourceNames(tx)
    const decided = events.map((event) => this.#decide(rules, eventFacts(event, names), event))
    await this.#count(tx, 'events', decided, (i) => events[i]?.class_uid ?? 0)
    return events.flatMap((event, i): object[] => {
      const { decision = 'keep', fields = [] } = decided[i] ?? {}
      if (decision === 'send') return [event]
      return decision === 'masked' ? [treated(event, fields, this.#treating(rules))] : []
    })
  }

  /** Envelopes are acts of their own, told as they are signed, or not at all. The policy names the markings itself. */
  async #messages(tx: Tx, envelopes: readonly object[]): Promise<object[]> {
    const { rules } = await this.inForce(tx)
    const letOut: object[] = []
    for (const envelope of envelopes) {
      const isPolicy = 'type' in envelope && envelope.type === 'release.published'
      if (!isPolicy && rules.isMarked(() => JSON.stringify(envelope))) {
        await this.#refused(tx, envelope)
      } else letOut.push(envelope)
    }
    return letOut
  }

  async #refused(tx: Tx, envelope: { id?: unknown; type?: unknown }): Promise<void> {
    await this.#parts.journal.append(tx, {
      type: 'release.refused',
      organisation_id: null,
      tlp_rank: 4,
      actor: systemScope.actor,
      authority: 'release.policy',
      subject: String(envelope.id),
      reason: 'it bears a marking of secret material',
      after: { type: envelope.type },
    })
  }

  #decide(rules: ReleaseRules, facts: ReleaseFacts, record: object): Decided {
    return rules.decide(facts, this.#parts.clock.now(), () => JSON.stringify(record))
  }

  #treating({ ownNetworks }: ReleaseRules) {
    return { names: this.#parts.names, ownNetworks }
  }

  async #count(
    tx: Tx,
    stream: ReleaseStream,
    decided: readonly Decided[],
    classOf: (i: number) => number,
  ): Promise<void> {
    const day = this.#parts.clock.iso().slice(0, 10)
    const groups = Map.groupBy(decided.keys(), (i) => `${decided[i]?.decision} ${classOf(i)}`)
    const rows = [...groups.values()].map((places) => {
      const [first = 0] = places
      const decision = decided[first]?.decision ?? 'keep'
      return { day, stream, decision, class_uid: classOf(first), count: places.length }
    })
    await this.#parts.store.count(tx, rows)
  }
}

/** What the policy looks at in an alert. */
export function alertFacts({ tlp, source_id }: Alert, names: SourceNames): ReleaseFacts {
  return { stream: 'alerts', class_uid: 2004, tlp, source: sourceOf(source_id, names), systems: [] }
}

/** What the policy looks at in an event. */
export function eventFacts(event: Event, names: SourceNames): ReleaseFacts {
  const { tlp, class_uid, source_id, src_endpoint, dst_endpoint, device } = event
  const systems = [src_endpoint, dst_endpoint, device].flatMap((end) => end?.system?.name ?? [])
  return { stream: 'events', class_uid, tlp, source: sourceOf(source_id, names), systems }
}

function sourceOf(id: string, names: SourceNames): string[] {
  return [id, names.get(id) ?? []].flat()
}

/** The alert a finding of ours carries. */
function alertIn(finding: object): Alert {
  return (finding as { unmapped: { haidang: Alert } }).unmapped.haidang
}

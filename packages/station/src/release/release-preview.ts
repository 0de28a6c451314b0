import type { Alert } from '@haidang/contracts/alert'
import type { Event } from '@haidang/contracts/event'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { ReleaseDecision, ReleasePolicy } from '@haidang/contracts/release'
import type { ReleasePreview, ReleaseSample } from '@haidang/contracts/release-api'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import type { EventStore } from '@haidang/runtime/event-store/event-store'
import { Problem } from '@haidang/runtime/problem'
import { type Decided, type ReleaseFacts, ReleaseRules } from './decide.ts'
import { eventGroups, type Stretch, sampleEvent } from './preview-query.ts'
import type { Pseudonyms } from './pseudonym.ts'
import { alertFacts, type ReleaseDesk } from './release-desk.ts'
import { treated } from './treat-record.ts'

export interface ReleasePreviewerParts {
  readonly database: Database
  readonly events: EventStore
  readonly desk: ReleaseDesk
  readonly names: Pseudonyms
  readonly clock: Clock
  readonly nodeId: string
  /** Alerts of this node's own detectors in a stretch that the caller may see, newest first. */
  readonly alerts: (caller: Caller, stretch: Stretch, most: number) => Promise<Alert[]>
}

/** How many alerts are looked at, and how many records of each stream are shown. */
const mostAlerts = 2000
const samplesEach = 8
const longestStretch = 8 * 86_400_000

type StreamFigures = ReleasePreview['streams'][number]
type Sources = Awaited<ReturnType<ReleaseDesk['sourceNames']>>

/** Both policies with what they need, to say what each would have done. */
interface Trial {
  readonly old: ReleaseRules
  readonly new: ReleaseRules
  readonly policies: { readonly old: ReleasePolicy; readonly new: ReleasePolicy }
  readonly sources: Sources
  readonly stretch: Stretch
}

/** Shows what a policy would have let out, against the one in force. Nothing leaves and nothing is counted. */
export class ReleasePreviewer {
  readonly #parts: ReleasePreviewerParts

  constructor(parts: ReleasePreviewerParts) {
    this.#parts = parts
  }

  /** Throws Problem request.invalid for a stretch that ends before it begins or is longer than eight days. */
  async preview(
    caller: Caller,
    { policy, from, to }: { policy: ReleasePolicy; from: string; to: string },
  ): Promise<ReleasePreview> {
    const stretch = {
      from: millisecondsOf(from),
      to: millisecondsOf(to),
      node_id: this.#parts.nodeId,
    }
    if (stretch.from >= stretch.to || stretch.to - stretch.from > longestStretch) {
      throw new Problem('request.invalid', 'from must lie before to, by eight days at most')
    }
    const { database, desk } = this.#parts
    const trial = await database.transact(caller.scope, async (tx): Promise<Trial> => {
      const inForce = await desk.inForce(tx)
      return {
        old: inForce.rules,
        new: new ReleaseRules(policy),
        policies: { old: inForce.policy, new: policy },
        sources: await desk.sourceNames(tx),
        stretch,
      }
    })
    const parts = [await this.#alerts(caller, trial), await this.#events(caller, trial)]
    return {
      from,
      to,
      streams: parts.map(({ figures }) => figures),
      samples: parts.flatMap(({ samples }) => samples),
    }
  }

  async #alerts(caller: Caller, trial: Trial) {
    const alerts = await this.#parts.alerts(caller, trial.stretch, mostAlerts)
    const figures = blank('alerts')
    const samples: ReleaseSample[] = []
    const shown = new Map<string, number>()
    for (const alert of alerts) {
      const facts = alertFacts(alert, trial.sources)
      const both = this.#both(trial, facts, () => JSON.stringify(alert))
      add(figures, both, 1)
      if (!isShown(shown, both)) continue
      const said = { id: alert.id, time: alert.time, title: alert.title, stream: 'alerts' as const }
      samples.push(this.#sample(trial, facts, both, said, alert))
    }
    return { figures, samples: samples.slice(0, samplesEach) }
  }

  async #events(caller: Caller, trial: Trial) {
    const { events } = this.#parts
    const { stretch, sources, policies } = trial
    const markings = [policies.old.secret.markings, policies.new.secret.markings] as const
    const groups = await eventGroups(events, caller.scope, stretch, markings)
    const figures = blank('events')
    const samples: ReleaseSample[] = []
    const shown = new Map<string, number>()
    for (const group of groups) {
      const { class_uid, tlp, source_id, systems, marked, count } = group
      const source = [source_id, sources.get(source_id) ?? []].flat()
      const facts: ReleaseFacts = { stream: 'events', class_uid, tlp, source, systems }
      const now = this.#parts.clock.now()
      const both = {
        old: decidedOf(trial.old, facts, now, marked[0]),
        new: decidedOf(trial.new, facts, now, marked[1]),
      }
      add(figures, both, count)
      if (samples.length >= samplesEach || !isShown(shown, both)) continue
      const event = await sampleEvent(events, caller.scope, stretch, group)
      if (!event) continue
      const said = titled(event)
      const again = this.#both(trial, facts, () => JSON.stringify(event))
      samples.push(this.#sample(trial, facts, again, said, event))
    }
    return { figures, samples }
  }

  #both(trial: Trial, facts: ReleaseFacts, text: () => string): Both {
    const now = this.#parts.clock.now()
    return { old: trial.old.decide(facts, now, text), new: trial.new.decide(facts, now, text) }
  }

  #sample(
    trial: Trial,
    { source }: ReleaseFacts,
    both: Both,
    said: Pick<ReleaseSample, 'stream' | 'id' | 'time' | 'title'>,
    record: Alert | Event,
  ): ReleaseSample {
    const { decision, fields, by } = both.new
    const treating = { names: this.#parts.names, ownNetworks: trial.new.ownNetworks }
    const left = decision === 'masked' ? treated(record, fields, treating) : record
    return {
      ...said,
      source: source.at(-1) ?? '',
      in_force: both.old.decision,
      tried: decision,
      by: typeof by === 'number' ? (trial.policies.new.rules[by]?.name ?? '') : by,
      before: { ...record },
      after: decision === 'keep' || decision === 'counts' ? null : { ...left },
    }
  }
}

interface Both {
  readonly old: Decided
  readonly new: Decided
}

function titled({ id, time, message, class_uid }: Event) {
  return { id, time, title: message.slice(0, 300) || String(class_uid), stream: 'events' as const }
}

function blank(stream: StreamFigures['stream']): StreamFigures {
  const none = { send: 0, masked: 0, counts: 0, keep: 0 }
  return { stream, total: 0, in_force: { ...none }, tried: { ...none }, changed: 0 }
}

function add(figures: StreamFigures, both: Both, count: number): void {
  figures.total += count
  figures.in_force[both.old.decision] += count
  figures.tried[both.new.decision] += count
  if (nameOf(both.old) !== nameOf(both.new)) figures.changed += count
}

/** What comes of a record, in one word: two policies that treat other fields decide differently. */
function nameOf({ decision, fields }: Decided): string {
  return [decision, ...fields.map(({ field, how }) => `${field}:${how}`).toSorted()].join(' ')
}

function decidedOf(
  rules: ReleaseRules,
  facts: ReleaseFacts,
  now: number,
  marked: boolean,
): Decided {
  if (marked) return { decision: 'keep', by: 'secret', fields: [] }
  return rules.decide(facts, now, () => '')
}

/** Whether another sample of this outcome is wanted: three of each are enough. */
function isShown(shown: Map<string, number>, both: Both): boolean {
  const outcome: `${ReleaseDecision} ${ReleaseDecision}` = `${both.old.decision} ${both.new.decision}`
  const count = (shown.get(outcome) ?? 0) + 1
  shown.set(outcome, count)
  return count <= 3
}

import { setTimeout as pause } from 'node:timers/promises'
import { findingOf } from '@haidang/contracts/detection-finding'
import type { Heartbeat } from '@haidang/contracts/station'
import { type ParentCall, ParentClient } from '@haidang/link/child/parent-client'
import { Refusal } from '@haidang/link/child/refusal'
import type { ConformanceTarget } from '@haidang/link/conformance/conformance-target'
import { compressed } from '@haidang/link/wire/compression'
import { systemClock } from '@haidang/runtime/clock'
import { derivedId } from '@haidang/runtime/ids'
import { joinedProbe, type ProbePlace } from './joined-probe.ts'

/** What a simulated station is made of. */
export interface SimulatedStationParts extends ProbePlace {
  /** Sources its heartbeat tells of. */
  readonly sources: number
}

type Numbered = 'alerts' | 'health'
const wait = 25

/**
 * A station without an engine of its own that speaks the link as any other: its own key and certificate, heartbeats
 * as long as those of a station with as many sources, alerts, and the two long polls every station holds open.
 */
export class SimulatedStation {
  readonly nodeId: string
  /** Ids of the alerts the centre said it stores. */
  readonly stored: string[] = []
  /** How often the centre asked to come back later. */
  turnedAway = 0
  /** Why the centre no longer knows its key, as a long poll was told. */
  refused: string | undefined
  readonly #target: ConformanceTarget
  readonly #client: ParentClient
  readonly #sources: number
  readonly #next: Record<Numbered, number> = { alerts: 1, health: 1 }
  readonly #startedAt = systemClock.iso()
  #received = 0

  /** Joins over the wire and waits until an officer has approved it. */
  static async join({ sources, ...place }: SimulatedStationParts): Promise<SimulatedStation> {
    return new SimulatedStation(await joinedProbe(place), sources)
  }

  private constructor(target: ConformanceTarget, sources: number) {
    this.#target = target
    this.#sources = sources
    this.nodeId = target.node_id
    const { url, authority, identity, clock } = target
    this.#client = new ParentClient({ url, authority, identity, clock })
  }

  /** Sends one heartbeat; resolves when the centre stores it. */
  async beat(): Promise<void> {
    await this.#send('health', [this.#heartbeat()])
  }

  /** Sends so many alerts in one batch; resolves when the centre stores them. */
  async alert(count: number): Promise<void> {
    const first = this.#next.alerts
    const findings = Array.from({ length: count }, (_, i) => this.#finding(first + i))
    await this.#send('alerts', findings)
    this.stored.push(...findings.map(({ unmapped }) => unmapped.haidang.id))
  }

  /** Holds both long polls open until `signal` aborts; what comes is confirmed unread. */
  async listen(signal: AbortSignal): Promise<void> {
    await Promise.all(['messages', 'rules'].map((stream) => this.#poll(stream, signal)))
  }

  close(): void {
    this.#client.close()
  }

  async #poll(stream: string, signal: AbortSignal): Promise<void> {
    let after = 0
    const path = `/link/v1/streams/${stream}`
    while (!signal.aborted) {
      try {
        const answer = await this.#client.call({
          method: 'GET',
          path: `${path}?after=${after}&wait=${wait}`,
          signal,
          timeout: (wait + 15) * 1_000,
        })
        if (answer.status === 204) continue
        after = Number(answer.headers['haidang-last'])
        await this.#client.json({ method: 'POST', path: `${path}/watermark` }, { stored: after })
      } catch (error) {
        if (error instanceof Refusal && error.isOfCertificate) {
          this.refused = error.message
          return
        }
        await pause(1_000, undefined, { signal }).catch(() => undefined)
      }
    }
  }

  async #send(stream: Numbered, records: readonly object[]): Promise<void> {
    const first = this.#next[stream]
    const last = first + records.length - 1
    const body = `${records.map((record) => JSON.stringify(record)).join('\n')}\n`
    const call: ParentCall = {
      method: 'POST',
      path: `/link/v1/streams/${stream}?first=${first}&last=${last}`,
      headers: { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' },
      body: await compressed(Buffer.from(body)),
    }
    while (!(await this.#taken(call))) await pause(1_000)
    this.#next[stream] = last + 1
  }

  /** Whether the centre took it; asked to come back later it did not. */
  async #taken(call: ParentCall): Promise<boolean> {
    try {
      await this.#client.call(call)
      return true
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 429) throw error
      this.turnedAway++
      return false
    }
  }

  #heartbeat(): Heartbeat {
    this.#received += 30_000
    return {
      sent_at: systemClock.iso(),
      software: 'Hai Dang 0.1.0',
      started_at: this.#startedAt,
      sources: Array.from({ length: this.#sources }, (_, i) => this.#sourceOf(i)),
      queue: { spool_records: 120, spool_bytes: 90_000, link_records: 0 },
      disk: { free_bytes: 400e9, total_bytes: 500e9 },
      rule_set: { version: '3', rules: 3_200, errors: 0 },
      rule_costs: { records: 1_000, us: 40_000, rules: ruleCosts },
      release: { version: 1, counts: [] },
      indicator_set: { version: '12', indicators: 1_000_000 },
      clock_offset_ms: this.#client.clockOffset,
    }
  }

  #sourceOf(i: number): Heartbeat['sources'][number] {
    const counters = {
      received: this.#received,
      parsed: this.#received,
      rejected: 0,
      dropped: 0,
      duplicated_possible: 0,
      bytes: this.#received * 900,
    }
    return {
      id: `src_${i}`,
      name: `nguon-${i}`,
      state: i === 0 ? 'quiet' : 'active',
      rate: 900,
      lag_seconds: 0.4,
      counters,
      since: null,
      cause: null,
    }
  }

  #finding(number: number) {
    const { node_id, organisation_id } = this.#target
    const now = systemClock.now()
    const time = systemClock.iso()
    return findingOf({
      id: derivedId('alert', now, node_id, 1, number),
      organisation_id,
      node_id,
      tlp: 'amber',
      source_id: 'src_0',
      event_id: `evt_${number}`,
      time,
      detected_time: time,
      detector: 'sigma',
      severity: 'medium',
      rule: {
        id: 'simulated',
        title: 'Simulated',
        description: '',
        version: '1',
        tags: [],
        false_positives: [],
        references: [],
      },
      title: 'Simulated alert',
      entity: `203.0.113.${number % 250}`,
      matches: [{ field: 'user', value: 'root', pattern: 'root', selection: 'selection' }],
      observables: [],
      raw_data: `simulated ${number} ${'x'.repeat(300)}`,
      simulated: true,
    })
  }
}

/** As many of the dearest rules as a heartbeat may name. */
const ruleCosts = Array.from({ length: 200 }, (_, i) => ({
  id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
  tried: 1_000,
  us: 200 - i,
}))

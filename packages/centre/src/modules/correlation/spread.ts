import type { Alert } from '@haidang/contracts/alert'
import type { Observable } from '@haidang/contracts/event'
import { type Severity, severityOf } from '@haidang/contracts/severity'
import type { SpreadParameters } from '@haidang/contracts/spread-parameters'
import { tlpOf } from '@haidang/contracts/tlp'
import { isWithin, readIp, readNetwork } from '@haidang/detection/ip-address'

/** By what clusters of several organisations are the same: rule or indicator, or the address that acts. */
export type SpreadKind = 'rule' | 'source'

/** What there is of one thing at one organisation, within the window. */
export interface Presence {
  readonly organisation_id: string
  /** Its newest cluster. */
  readonly cluster_id: string
  /** The newest alert of that cluster. */
  readonly alert_id: string
  readonly title: string
  readonly tags: readonly string[]
  readonly tlp_rank: number
  readonly severity_rank: number
  readonly last_time: string
}

/** Something at several organisations. */
export interface Thing {
  readonly kind: SpreadKind
  /** The rule with its detector, or the address. */
  readonly what: string
  readonly simulated: boolean
  readonly organisations: readonly string[]
}

/** A thing with what there is of it at each organisation. */
export interface Spread extends Omit<Thing, 'organisations'> {
  readonly presences: readonly Presence[]
}

/** Rules of alerts about spread begin so; they do not count for spread themselves. */
export const spreadPrefix = 'spread:'

const inside = [
  ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16'],
  ...['127.0.0.0/8', 'fc00::/7', 'fe80::/10', '::1/128'],
].flatMap((text) => readNetwork(text) ?? [])

/** Names a thing, in maps. */
export function thingKey({ kind, what, simulated }: Omit<Thing, 'organisations'>): string {
  return JSON.stringify([kind, what, simulated])
}

/** Whether a text is no address, or one of everybody's own networks: at two organisations it is not the same thing. */
export function isEverywhere(text: string): boolean {
  const address = readIp(text)
  return address === undefined || inside.some((network) => isWithin(address, network))
}

/** Whether there is something new to say: an organisation that was not among those already named. */
export function hasGrown(organisations: readonly string[], said: Thing | undefined): boolean {
  return organisations.some((one) => said?.organisations.includes(one) !== true)
}

/** A thing at the organisations where there really is something of it. */
export function thingOf({ kind, what, simulated, presences }: Spread): Thing {
  const organisations = presences.map(({ organisation_id }) => organisation_id)
  return { kind, what, simulated, organisations }
}

/** Who says it, and when. */
export interface Saying {
  readonly id: string
  /** Organisation and node that coordinate; it is theirs alone to see. */
  readonly organisation_id: string
  readonly node_id: string
  readonly now: string
  /** The newest alerts of clusters it is made of, as many as are at hand. */
  readonly alerts: ReadonlyMap<string, Alert>
}

/** Where the reasons of an alert about spread name its clusters. */
const clusterField = 'cluster'
const mostObservables = 64

/**
 * The alert that something is at several organisations, as secret as the most secret of them. It stands at the newest
 * event it is made of. Names of organisations are not in it: who may not see them reads it, too.
 */
export function alertOf(spread: Spread, parameters: SpreadParameters, saying: Saying): Alert {
  const { kind, what, simulated, presences } = spread
  const newest = presences.reduce((a, b) => (b.last_time > a.last_time ? b : a))
  const { organisations, window_hours } = parameters
  const title = `Lan rộng nhiều tổ chức: ${kind === 'source' ? what : newest.title}`
  const last = saying.alerts.get(newest.alert_id)
  const known = presences.flatMap(({ alert_id }) => saying.alerts.get(alert_id) ?? [])
  return {
    id: saying.id,
    organisation_id: saying.organisation_id,
    tlp: tlpOf(Math.max(...presences.map(({ tlp_rank }) => tlp_rank))),
    node_id: saying.node_id,
    source_id: last?.source_id ?? '',
    event_id: last?.event_id ?? '',
    time: newest.last_time,
    detected_time: saying.now,
    detector: 'correlation',
    rule: {
      id: `${spreadPrefix}${kind}:${what}`,
      title,
      description: 'Cùng một luật, chỉ dấu hoặc địa chỉ xuất hiện ở nhiều tổ chức',
      tags: [...new Set(presences.flatMap(({ tags }) => tags))].slice(0, 64),
      false_positives: [],
      references: [],
      version: '',
    },
    severity: highest(presences),
    title,
    entity: what,
    matches: [
      {
        field: 'organisations',
        value: String(presences.length),
        pattern: `≥ ${organisations} / ${window_hours} h`,
        selection: kind,
      },
      ...presences.slice(0, 63).map(({ cluster_id, alert_id }) => ({
        field: clusterField,
        value: cluster_id,
        pattern: '',
        selection: alert_id,
      })),
    ],
    observables: commonObservables(known)
      .filter((each) => each.organisations > 1)
      .slice(0, mostObservables)
      .map(({ observable }) => observable),
    raw_data: '',
    simulated,
  }
}

/** The clusters an alert about spread names, and at how many organisations it said something is. */
export function clustersOf({ matches }: Alert): { ids: string[]; organisations: number } {
  const ids = matches.filter(({ field }) => field === clusterField).map(({ value }) => value)
  const [said] = matches.filter(({ field }) => field === 'organisations')
  return { ids, organisations: Number(said?.value ?? ids.length) }
}

/** What a rule of this module is about; undefined for another rule. */
export function subjectOf(ruleId: string): Pick<Thing, 'kind' | 'what'> | undefined {
  const [, kind, what] = /^spread:(rule|source):(.*)$/s.exec(ruleId) ?? []
  if (what === undefined) return undefined
  return { kind: kind === 'rule' ? 'rule' : 'source', what }
}

/** Observables of alerts with the number of organisations that have them, those that most have first. */
export function commonObservables(
  alerts: readonly Alert[],
): { observable: Observable; organisations: number }[] {
  const found = new Map<string, { observable: Observable; at: Set<string> }>()
  for (const { organisation_id, observables } of alerts) {
    for (const observable of observables) {
      const key = JSON.stringify([observable.type, observable.value])
      const known = found.get(key) ?? { observable, at: new Set() }
      known.at.add(organisation_id)
      found.set(key, known)
    }
  }
  return [...found.values()]
    .map(({ observable, at }) => ({ observable, organisations: at.size }))
    .sort((a, b) => b.organisations - a.organisations)
}

function highest(presences: readonly Presence[]): Severity {
  return severityOf(Math.max(...presences.map(({ severity_rank }) => severity_rank)))
}

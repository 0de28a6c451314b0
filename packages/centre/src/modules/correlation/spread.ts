import type { Alert } from '@haidang/contracts/alert'
import { type Severity, severityOf } from '@haidang/contracts/severity'
import type { SpreadParameters } from '@haidang/contracts/spread-parameters'
import { Tlp } from '@haidang/contracts/tlp'
import { isWithin, readIp, readNetwork } from '@haidang/detection/ip-address'

/** By what clusters of several organisations are the same: rule or indicator, or the address that acts. */
export type SpreadKind = 'rule' | 'source'

/** What there is of one thing at one organisation, within the window. */
export interface Presence {
  readonly organisation_id: string
  /** Its newest cluster. */
  readonly cluster_id: string
  readonly title: string
  readonly tags: readonly string[]
  readonly tlp_rank: number
  readonly severity_rank: number
  readonly last_time: string
}

/** One thing at several organisations. */
export interface Spread {
  readonly kind: SpreadKind
  /** The rule with its detector, or the address. */
  readonly what: string
  readonly simulated: boolean
  readonly presences: readonly Presence[]
}

/** Rules of alerts about spread begin so; they do not count for spread themselves. */
export const spreadPrefix = 'spread:'

const inside = [
  ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16'],
  ...['127.0.0.0/8', 'fc00::/7', 'fe80::/10', '::1/128'],
].flatMap((text) => readNetwork(text) ?? [])

/**
 * What of the things found at several organisations is to be said: addresses of everybody's own networks are not
 * the same thing, and an address that says no more than a rule does is left out.
 */
export function worthSaying(things: readonly Spread[]): Spread[] {
  const byRule = things.filter(({ kind }) => kind === 'rule').map(clustersOf)
  return things.filter((thing) => {
    const clusters = [...clustersOf(thing)]
    const isSaid = byRule.some((said) => clusters.every((id) => said.has(id)))
    return thing.kind === 'rule' || (isShared(thing) && !isSaid)
  })
}

function clustersOf({ presences }: Spread): Set<string> {
  return new Set(presences.map(({ cluster_id }) => cluster_id))
}

function isShared({ what }: Spread): boolean {
  const address = readIp(what)
  return address !== undefined && !inside.some((network) => isWithin(address, network))
}

/** Whether there is something new to say: an organisation that was not among those already named. */
export function hasGrown({ presences }: Spread, named: readonly string[]): boolean {
  return presences.some(({ organisation_id }) => !named.includes(organisation_id))
}

/** Who says it, and when. */
export interface Saying {
  readonly id: string
  /** Organisation and node that coordinate; it is theirs alone to see. */
  readonly organisation_id: string
  readonly node_id: string
  readonly now: string
  readonly names: ReadonlyMap<string, string>
}

/** The alert that something is at several organisations; its reasons name them. As secret as the most secret of them. */
export function alertOf(spread: Spread, parameters: SpreadParameters, saying: Saying): Alert {
  const { kind, what, simulated, presences } = spread
  const newest = presences.reduce((a, b) => (b.last_time > a.last_time ? b : a))
  const { organisations, window_hours } = parameters
  const title = `Lan rộng nhiều tổ chức: ${kind === 'source' ? what : newest.title}`
  return {
    id: saying.id,
    organisation_id: saying.organisation_id,
    tlp: Tlp.options[Math.max(...presences.map(({ tlp_rank }) => tlp_rank))] ?? 'red',
    node_id: saying.node_id,
    source_id: '',
    event_id: '',
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
    matches: presences.slice(0, 64).map(({ organisation_id, cluster_id }) => ({
      field: 'organisation',
      value: saying.names.get(organisation_id) ?? organisation_id,
      pattern: `≥ ${organisations} / ${window_hours} h`,
      selection: cluster_id,
    })),
    observables: [],
    raw_data: '',
    simulated,
  }
}

function highest(presences: readonly Presence[]): Severity {
  return severityOf(Math.max(...presences.map(({ severity_rank }) => severity_rank)))
}

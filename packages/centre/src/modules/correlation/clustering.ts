import type { Detector } from '@haidang/contracts/alert'
import type { CloseReason, ClusterState } from '@haidang/contracts/cluster'
import { millisecondsOf } from '@haidang/contracts/instant'
import { severityId } from '@haidang/contracts/severity'
import { tlpRank } from '@haidang/contracts/tlp'
import type { AlertHead } from '@haidang/contracts/written-alert'
import { isoOf } from '@haidang/runtime/clock'

/** What alerts have in common when they belong together. Simulated ones never mix with real ones. */
export interface ClusterKey {
  readonly organisation_id: string
  readonly detector: Detector
  readonly rule_id: string
  readonly entity: string
  readonly simulated: boolean
}

/** The newest cluster of a key, as far as joining needs it. */
export interface Candidate extends ClusterKey {
  readonly id: string
  readonly state: ClusterState
  readonly close_reason: CloseReason | null
  readonly closed_at: string | null
  readonly last_time: string
}

/** What a batch adds to one cluster; `opened` where the cluster did not exist before. */
export interface Growth extends ClusterKey {
  readonly cluster_id: string
  readonly opened: boolean
  /** Counted on a cluster that stays closed. */
  readonly quiet: boolean
  readonly node_id: string
  readonly tlp_rank: number
  readonly severity_rank: number
  readonly title: string
  readonly tags: readonly string[]
  readonly first_time: string
  readonly last_time: string
  readonly last_alert_id: string
  readonly alert_ids: readonly string[]
}

/** A cluster takes alerts until none came for this long, in milliseconds. */
export const openWindow = 24 * 3_600_000
/** A cluster closed as noise takes the same noise quietly for this long after closing, in milliseconds. */
export const quietWindow = 24 * 3_600_000

/** One text per key, for maps. */
export function keyText(key: ClusterKey): string {
  const { organisation_id, detector, rule_id, entity, simulated } = key
  return JSON.stringify([organisation_id, detector, rule_id, entity, simulated])
}

export function keyOf(alert: AlertHead): ClusterKey {
  return {
    organisation_id: alert.organisation_id,
    detector: alert.detector,
    rule_id: alert.rule.id,
    entity: alert.entity,
    simulated: alert.simulated,
  }
}

/**
 * Where each alert of a batch goes. An alert joins the newest cluster of its key when that one is open
 * and its last alert is at most 24 hours older (an alert that comes late joins too), or when it was
 * closed as false positive or benign less than 24 hours ago: then it is counted and the cluster stays
 * closed, so that noise once judged does not come back. Otherwise it opens a cluster. A time ahead of
 * `now` (milliseconds) counts as now: a station whose clock is wrong must not hold a cluster open.
 */
export function cluster(
  alerts: readonly AlertHead[],
  candidates: readonly Candidate[],
  now: number,
  newClusterId: () => string,
): Growth[] {
  const newest = new Map(candidates.map((one) => [keyText(one), openOf(one)]))
  const growths = new Map<string, Mutable>()
  for (const { alert, at } of inOrder(alerts)) {
    const key = keyText(keyOf(alert))
    const time = Math.min(at, now)
    const found = newest.get(key)
    const home = found && takes(found, time, now) ? found : opened(newClusterId())
    home.last = Math.max(home.last, time)
    newest.set(key, home)
    grow(growths, home, alert, time)
  }
  return [...growths.values()].map(({ first, last, ...growth }) => ({
    ...growth,
    first_time: isoOf(first),
    last_time: isoOf(last),
  }))
}

interface Home {
  readonly id: string
  readonly opened: boolean
  readonly closedAt: number | undefined
  readonly quiet: boolean
  last: number
}

type Mutable = {
  -readonly [K in keyof Omit<Growth, 'first_time' | 'last_time' | 'alert_ids'>]: Growth[K]
} & {
  first: number
  last: number
  alert_ids: string[]
}

/** Alerts by their time, in milliseconds since the epoch. */
function inOrder(
  alerts: readonly AlertHead[],
): { readonly alert: AlertHead; readonly at: number }[] {
  return alerts
    .map((alert) => ({ alert, at: millisecondsOf(alert.time) }))
    .sort((a, b) => a.at - b.at)
}

function openOf(candidate: Candidate): Home {
  const closed = candidate.state === 'closed' && candidate.closed_at !== null
  return {
    id: candidate.id,
    opened: false,
    closedAt: closed ? millisecondsOf(candidate.closed_at ?? '') : undefined,
    quiet: closed && ['false_positive', 'benign'].includes(candidate.close_reason ?? ''),
    last: millisecondsOf(candidate.last_time),
  }
}

function opened(id: string): Home {
  return { id, opened: true, closedAt: undefined, quiet: false, last: Number.NEGATIVE_INFINITY }
}

function takes(home: Home, time: number, now: number): boolean {
  if (home.closedAt !== undefined) return home.quiet && now - home.closedAt < quietWindow
  return time - home.last <= openWindow
}

function grow(growths: Map<string, Mutable>, home: Home, alert: AlertHead, time: number): void {
  const growth = growths.get(home.id)
  if (!growth) {
    growths.set(home.id, {
      ...keyOf(alert),
      cluster_id: home.id,
      opened: home.opened,
      quiet: home.quiet,
      node_id: alert.node_id,
      tlp_rank: tlpRank(alert.tlp),
      severity_rank: severityId(alert.severity),
      title: alert.title,
      tags: alert.rule.tags,
      first: time,
      last: time,
      last_alert_id: alert.id,
      alert_ids: [alert.id],
    })
    return
  }
  growth.tlp_rank = Math.max(growth.tlp_rank, tlpRank(alert.tlp))
  growth.severity_rank = Math.max(growth.severity_rank, severityId(alert.severity))
  growth.last = time
  growth.last_alert_id = alert.id
  growth.alert_ids.push(alert.id)
}

import type { Alert } from '@haidang/contracts/alert'
import { type Client, createClient, type Send } from '@haidang/contracts/client'
import { clusterApi } from '@haidang/contracts/cluster-api'
import { clusterMergeApi } from '@haidang/contracts/cluster-merge-api'
import type { Tlp } from '@haidang/contracts/tlp'
import { writtenTogether } from '@haidang/contracts/written-alert'
import { systemScope } from '@haidang/runtime/database/database'
import type { CentreNode } from './centre-node.ts'
import { alertOf } from './doing.ts'

/** A rule whose alerts at several organisations are one spread. */
export const spreading = { ...alertOf(0).rule, id: 'spread:rule:sigma:rule-a' }

/** An alert of an organisation, as the line keeps it. */
export async function addAlert(
  node: CentreNode,
  organisation_id: string,
  n: number,
  change: Partial<Alert> = {},
): Promise<string> {
  const alert = alertOf(n, { organisation_id, time: node.clock.iso(), ...change })
  const origin = { node_id: alert.node_id, organisation_id, station_id: null }
  await node.database.transact(systemScope, (tx) =>
    node.receive(tx, origin, writtenTogether([alert])),
  )
  return alert.id
}

/** The cluster of an organisation a filter finds. */
export async function clusterOf(
  clusters: Client<typeof clusterApi>,
  organisation: string,
  filter: string,
): Promise<string> {
  const { items } = await clusters.list({ query: { filter } })
  const found = items.find(({ organisation_id }) => organisation_id === organisation)
  if (!found) throw new Error(`no cluster of ${organisation}`)
  return found.id
}

/** Two clusters of an organisation, merged. */
export async function addMerge(
  node: CentreNode,
  local: Send,
  organisation: string,
  n: number,
  tlp: Tlp,
): Promise<string> {
  const clusters = createClient(clusterApi, local)
  const ids: string[] = []
  for (const part of [1, 2]) {
    const entity = `gop-${n}-${part}`
    await addAlert(node, organisation, n + part * 10_000, { entity, tlp })
    ids.push(await clusterOf(clusters, organisation, `detector:sigma entity:${entity}`))
  }
  const { merge } = await createClient(clusterMergeApi, local).merge({ body: { ids } })
  return merge.id
}

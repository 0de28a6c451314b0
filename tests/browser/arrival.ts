import { clusterApi } from '@haidang/contracts/cluster-api'
import { attackToolLine } from '@haidang/testbed/attack-lines'
import type { TestNode } from '@haidang/testbed/test-network'
import { until } from '../system/harness/until.ts'

const patience = 60_000

/** Makes `count` clusters: as many addresses use an attack tool on `from`; resolves when `at` shows them all. */
export async function attacked(from: TestNode, at: TestNode, count: number): Promise<void> {
  const sources = Array.from({ length: count }, (_, n) => `192.0.2.${n + 1}`)
  await from.feed(
    'zeek',
    sources.map((source) => attackToolLine(source, Date.now())),
  )
  await until(`${count} clusters`, patience, async () => {
    const { items } = await at.api(clusterApi).list({ query: { limit: 100 } })
    return items.length >= count
  })
}

import type { Tx } from '@haidang/runtime/database/database'
import type { AlertService } from './modules/alerts/alert-service.ts'
import type { ClusterService } from './modules/correlation/cluster-service.ts'

/** How rules did: what fired, and what officers made of it. */
export async function ruleRecords(
  tx: Tx,
  since: string,
  alerts: AlertService,
  clusters: ClusterService,
) {
  const fired = await alerts.firedByRule(tx, since)
  const verdicts = await clusters.verdictsByRule(tx, since)
  return new Map(
    verdicts.map(({ rule_id, ...verdict }) => [
      rule_id,
      { fired: fired.get(rule_id) ?? 0, ...verdict },
    ]),
  )
}

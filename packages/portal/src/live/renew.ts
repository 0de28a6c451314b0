import type { LiveMessage } from '@haidang/contracts/overview'
import type { QueryClient } from '@tanstack/react-query'

/** Which answers a fact of the journal makes old, by the first word of its type. */
const renewed: Readonly<Record<string, readonly string[]>> = {
  alerts: ['clusters', 'alerts', 'overview'],
  cluster: ['clusters', 'overview'],
  'incident-report': ['incident-reports', 'deadlines', 'incidents'],
  incident: ['incidents', 'observables', 'clusters', 'deadlines', 'overview'],
  shift: ['shifts'],
  handover: ['handovers', 'deadlines', 'incidents', 'clusters'],
  task: ['tasks', 'my-work', 'notifications'],
  deadline: ['deadlines', 'my-work'],
  order: ['orders', 'incidents', 'overview', 'notifications', 'my-work'],
  advisory: ['advisories', 'my-work', 'notifications'],
  effort: ['efforts', 'my-work', 'notifications'],
  playbook: ['playbooks'],
  evidence: ['orders'],
  mail: ['mails', 'notifications'],
  station: ['stations', 'gaps', 'overview', 'notifications'],
  system: ['systems', 'attribution'],
  'join-code': ['join-codes'],
  parent: ['parent', 'stations', 'gaps'],
  source: ['sources'],
  rejects: ['rejects', 'sources'],
  rules: ['rules', 'rule-library'],
  rule: ['rule-library', 'rule-tunings'],
  'back-test': ['back-tests'],
  'rule-set': ['rule-sets', 'rule-drift', 'rule-library', 'rules'],
  ring: ['rule-drift'],
  organisation: ['organisations'],
  person: ['people'],
  key: ['keys'],
  approval: ['approvals', 'notifications', 'my-work'],
  'approval-policy': ['approvals'],
}

/** Waits this long for more facts before asking again, so that a burst costs one request a list. */
const batchMilliseconds = 700

/** Marks answers as old when the node says that what they tell of has changed. */
export function createRenewal(client: QueryClient): (message: LiveMessage) => void {
  const waiting = new Set<string>()
  const renew = () => {
    const keys = [...waiting]
    waiting.clear()
    for (const key of keys) void client.invalidateQueries({ queryKey: [key] })
  }
  return ({ type }) => {
    const keys = renewed[type.split('.')[0] ?? ''] ?? []
    if (waiting.size === 0 && keys.length > 0) setTimeout(renew, batchMilliseconds)
    for (const key of keys) waiting.add(key)
  }
}

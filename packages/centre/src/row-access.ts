import type { RowAccess } from '@haidang/runtime/database/row-access'

const own = { reach: 'own', owner: 'organisation_id', rank: 0 } as const
const classified = { reach: 'own', owner: 'organisation_id', rank: 'tlp_rank' } as const
const told = { reach: 'told', owner: 'organisation_id', rank: 'tlp_rank' } as const
const addressed = { reach: 'addressed', owner: 'organisation_id', rank: 'tlp_rank' } as const
const ladder = { ...addressed, to: ['issuer_id'] } as const

/** Who sees the rows of the tables of this package. */
export const centreRowAccess: readonly RowAccess[] = [
  { table: 'organisation', holds: 'organisations', kind: 'organisation', ...own, owner: 'id' },
  { table: 'organisation_tie', holds: 'whom they are under', kind: 'tie', ...own },
  { table: 'contact_point', holds: 'whom to reach there', kind: 'contact', ...own },
  { table: 'node_setting', holds: 'what the node is called', reach: 'everybody', node: 'writes' },
  { table: 'role', holds: 'roles', reach: 'everybody', node: 'writes' },
  { table: 'person', holds: 'people', kind: 'person', ...own },
  { table: 'api_key', holds: 'API keys', kind: 'key', ...own },
  { table: 'auth.user', holds: 'accounts', reach: 'node' },
  { table: 'auth.session', holds: 'sessions', reach: 'node' },
  { table: 'auth.account', holds: 'passwords, hashed', reach: 'node' },
  { table: 'auth.verification', holds: 'proofs under way', reach: 'node' },
  { table: 'auth.sign_in_failure', holds: 'failed sign-ins', reach: 'node' },
  { table: 'regulation_version', holds: 'regulations', reach: 'everybody', node: 'adds' },
  {
    table: 'information_system',
    holds: 'information systems; who operates one sees it too',
    kind: 'system',
    ...classified,
    readers: ['operator_id'],
  },
  {
    table: 'system_range',
    holds: 'networks and names of systems',
    kind: 'range',
    ...{ reach: 'part', owner: 'organisation_id' },
    of: { table: 'information_system', key: 'system_id' },
  },
  { table: 'station_release', holds: 'what nodes below let out', ...own },
  { table: 'station_monitoring', holds: 'what is asked of nodes below', ...own },
  { table: 'station_place', holds: 'where stations stand', ...own },
  { table: 'station_plan', holds: 'who is to have a station', ...own },
  { table: 'station_inspection', holds: 'inspections of stations', kind: 'inspection', ...own },
  { table: 'event_batch', holds: 'events of nodes below, on their way', reach: 'node', rank: 4 },
  { table: 'library_rule', holds: 'detection rules', kind: 'rule', ...told },
  { table: 'library_rule_version', holds: 'their texts', ...told },
  { table: 'rule_tuning', holds: 'tunings of rules', kind: 'tuning', ...classified },
  { table: 'rule_back_test', holds: 'tries on stored events', kind: 'backTest', ...classified },
  { table: 'rule_set', holds: 'published rule sets', ...classified },
  { table: 'rule_set_file', holds: 'rules in them', ...classified },
  { table: 'rule_set_station', holds: 'which set a station has', ...own },
  { table: 'alert', holds: 'alerts, narrow', kind: 'alert', ...classified, searched: true },
  { table: 'alert_body', holds: 'alerts, whole', ...classified },
  { table: 'alert_pack', holds: 'alerts, packed', ...classified },
  { table: 'cluster', holds: 'clusters of alerts', kind: 'cluster', ...classified, searched: true },
  { table: 'cluster_undo', holds: 'how to undo triage', ...classified },
  { table: 'spread', holds: 'what is at several organisations', reach: 'node' },
  { table: 'spread_presence', holds: 'what was lately where', reach: 'node' },
  { table: 'running_number', holds: 'last numbers given', reach: 'node' },
  { table: 'incident', holds: 'incidents', kind: 'incident', ...told },
  {
    table: 'evidence_file',
    holds: 'evidence, shared with the issuer of its order',
    kind: 'evidence',
    ...addressed,
    to: ['shared_with'],
  },
  {
    table: 'coordination_order',
    holds: 'orders',
    kind: 'order',
    ...addressed,
    to: { table: 'order_addressee', key: 'order_id' },
  },
  { table: 'order_addressee', holds: 'how far an addressee is', ...ladder },
  { table: 'order_entry', holds: 'what addressees said and were told', ...ladder },
  { table: 'journal_digest', holds: 'signed digests of the journal', reach: 'node' },
]

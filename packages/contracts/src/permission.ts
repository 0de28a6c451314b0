import { z } from 'zod'

/** Every act that can be allowed or refused, `noun.verb`. A role is a set of these. */
export const permissions = {
  'overview.read': 'See the watch floor',
  'live.read': 'Follow live changes',
  'organisation.read': 'See organisations',
  'organisation.manage': 'Create and change organisations',
  'organisation.propose': 'Apply for membership and ask for changes of one’s organisation',
  'membership.manage': 'Decide on memberships',
  'group.manage': 'Keep sharing groups',
  'person.read': 'See people and roles',
  'person.manage': 'Create people, give and take roles',
  'key.manage': 'Create and revoke API keys',
  'system.read': 'See information systems, their ranges and whose an address is',
  'system.manage': 'Register and change information systems and their ranges',
  'system.approve': 'Approve the monitoring of information systems',
  'station.read': 'See stations, their health and gaps',
  'station.manage': 'Create join codes, approve and revoke stations',
  'source.read': 'See the sources of this station and what they rejected',
  'source.manage': 'Add, change and remove sources; replay rejects',
  'ingest.write': 'Send records to a source',
  'event.read': 'Search events',
  'rule.read': 'See detection rules and indicators',
  'rule.manage': 'Load detection rules and indicators',
  'rule.write': 'Import, write, try and tune rules of the library',
  'rule.review': 'Approve, return and withdraw rules others wrote',
  'rule.publish': 'Publish rule sets, roll them out and back',
  'alert.read': 'See alerts',
  'alert.triage': 'Acknowledge, assign, snooze and close alerts',
  'incident.read': 'See incidents',
  'incident.handle': 'Open incidents, change their state, write in their timeline',
  'incident.close': 'Verify and close incidents',
  'order.read': 'See orders addressed to or issued by one’s organisation',
  'order.issue': 'Issue, change, verify, return and close orders',
  'order.answer': 'Accept or dispute an order, report progress and result',
  'setting.read': 'See regulation profiles and what they make due',
  'setting.manage': 'Put regulation profiles into force',
  'audit.read': 'Read the journal',
} as const

export const Permission = z.enum(Object.keys(permissions) as [keyof typeof permissions])
export type Permission = z.infer<typeof Permission>

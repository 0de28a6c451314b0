import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'
import { FullRuleSet, Ring, RuleSet, StationDrift } from './rule-set.ts'

const params = z.object({ number: z.coerce.number().int().min(1).max(1_000_000_000) })

/** Numbered, signed versions of the library and how far each is rolled out. */
export const ruleSetApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/rule-sets',
    permission: 'rule.read',
    summary: 'List published rule sets, newest first',
    query: PageQuery,
    reply: pageOf(RuleSet),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/rule-sets/:number',
    permission: 'rule.read',
    summary: 'Read one rule set with its files and what changed',
    params,
    reply: FullRuleSet,
  }),
  publish: endpoint({
    method: 'POST',
    path: '/api/v1/rule-sets',
    permission: 'rule.publish',
    summary: 'Publish what is approved as a numbered, signed version',
    body: z.object({ note: z.string().trim().max(4000).default('') }),
    reply: RuleSet,
  }),
  rollOut: endpoint({
    method: 'POST',
    path: '/api/v1/rule-sets/:number/roll-out',
    permission: 'rule.publish',
    summary: 'Roll a version out to a ring and those before it',
    params,
    body: z.object({ ring: Ring }),
    reply: RuleSet,
  }),
  rollBack: endpoint({
    method: 'POST',
    path: '/api/v1/rule-sets/:number/roll-back',
    permission: 'rule.publish',
    summary: 'Bring the content of this earlier version back as a new version, everywhere at once',
    params,
    body: z.object({ reason: z.string().trim().min(3).max(4000) }),
    reply: RuleSet,
  }),
  drift: endpoint({
    method: 'GET',
    path: '/api/v1/rule-drift',
    permission: 'rule.read',
    summary: 'What each station should have and what it says it has',
    query: PageQuery,
    reply: pageOf(StationDrift),
  }),
  setRing: endpoint({
    method: 'POST',
    path: '/api/v1/stations/:id/ring',
    permission: 'rule.publish',
    summary: 'Put a station in a ring',
    params: z.object({ id: idOf('station') }),
    body: z.object({ ring: Ring }),
    reply: StationDrift,
  }),
}

import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { PageQuery, pageOf } from './page.ts'
import { Rule, RuleSetSummary } from './rule.ts'

export const ruleApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/rules',
    permission: 'rule.read',
    summary: 'List detection rules with their state and hits',
    query: PageQuery,
    reply: pageOf(Rule),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/rules/:id',
    permission: 'rule.read',
    summary: 'Read one rule with its text',
    params: z.object({ id: z.string().max(200) }),
    reply: Rule.extend({ text: z.string() }),
  }),
  summary: endpoint({
    method: 'GET',
    path: '/api/v1/rule-set',
    permission: 'rule.read',
    summary: 'The rule and indicator sets in force',
    reply: RuleSetSummary,
  }),
  reload: endpoint({
    method: 'POST',
    path: '/api/v1/rule-set/reload',
    permission: 'rule.manage',
    summary: 'Load rules and indicators from disk again',
    reply: RuleSetSummary,
  }),
}

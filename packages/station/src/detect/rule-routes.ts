import type { PageQuery } from '@haidang/contracts/page'
import type { Rule } from '@haidang/contracts/rule'
import type { ruleApi } from '@haidang/contracts/rule-api'
import { severityId } from '@haidang/contracts/severity'
import { decodeCursor, encodeCursor } from '@haidang/runtime/http/cursor'
import type { Handlers } from '@haidang/runtime/http/serve'
import { Problem } from '@haidang/runtime/problem'
import { ruleFilter } from './rule-filter.ts'
import type { RuleService } from './rule-service.ts'

/** Serves contracts/rule-api from the rules in force on this node. */
export function ruleHandlers(rules: RuleService): Handlers<typeof ruleApi> {
  return {
    list: async ({ query }) => pageOfRules(await rules.list(), query),
    get: ({ params }) => rules.get(params.id),
    summary: async () => rules.summary(),
    reload: () => rules.reload(),
  }
}

const orders: Readonly<Record<string, (a: Rule, b: Rule) => number>> = {
  title: (a, b) => a.title.localeCompare(b.title, 'vi'),
  severity: (a, b) => severityId(a.severity) - severityId(b.severity),
  hits: (a, b) => a.hits - b.hits,
  state: (a, b) => a.state.localeCompare(b.state),
  path: (a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)),
}

/** Rules are few and all in memory: filtered, sorted and cut here. Throws Problem filter.invalid or cursor.invalid. */
function pageOfRules(rules: readonly Rule[], { limit, cursor, filter, sort = 'title' }: PageQuery) {
  const matching = rules.filter(ruleFilter(filter))
  const name = sort.replace(/^-/, '')
  const order = Object.hasOwn(orders, name) ? orders[name] : undefined
  if (order === undefined) {
    throw new Problem('filter.invalid', `sort is one of ${Object.keys(orders).join(', ')}`)
  }
  const sign = sort.startsWith('-') ? -1 : 1
  matching.sort((a, b) => sign * order(a, b) || (a.id < b.id ? -1 : 1))
  const after = cursor === undefined ? undefined : decodeCursor(cursor, 1)[0]
  const from = after === undefined ? 0 : matching.findIndex(({ id }) => id === after) + 1
  const items = matching.slice(from, from + limit)
  const last = items.at(-1)
  const next = last && from + limit < matching.length ? encodeCursor([last.id]) : null
  return { items, next, total: matching.length }
}

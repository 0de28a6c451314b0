import type { ApprovalFact } from '@haidang/contracts/approval'
import { labels } from '@haidang/contracts/labels'
import type { RuleSet } from '@haidang/contracts/rule-set'
import { tlpRank } from '@haidang/contracts/tlp'
import { Problem } from '@haidang/runtime/problem'
import type { Act } from '../approvals/act-service.ts'
import type { RuleSetService } from './rule-set-service.ts'

/** Titles shown of each list of changes. */
const listed = 100
const rank = tlpRank('amber')

/** Publishing what the library holds: what was looked at is what is published, or nothing is. */
export function publishAct(sets: RuleSetService): Act<'rule-set.publish', RuleSet> {
  return {
    kind: 'rule-set.publish',
    ask: 'rule.publish',
    approve: 'rule.publish',
    async prepare(tx, caller, { note, content }) {
      const set = await sets.proposed(tx, caller)
      if (content !== undefined && content !== set.hash) throw new Problem('approval.changed')
      const { added, removed, changed } = set
      const facts: ApprovalFact[] = [
        { name: 'version', values: [String(set.number)] },
        { name: 'rules', values: [String(set.rules)] },
        { name: 'tunings', values: [String(set.files - set.rules)] },
        ...titles('added', added),
        ...titles('changed', changed),
        ...titles('removed', removed),
        { name: 'hash', values: [set.hash] },
        ...(note ? [{ name: 'note' as const, values: [note] }] : []),
      ]
      return { payload: { note, content: set.hash }, size: 1, tlp_rank: rank, facts }
    },
    async carryOut(tx, caller, { note }) {
      const answer = await sets.publish(tx, caller, note)
      return { subject: `rule-set:${answer.number}`, answer }
    },
  }
}

/** Rolling a published set out to the stations of a ring. */
export function rollOutAct(sets: RuleSetService): Act<'rule-set.roll-out', RuleSet> {
  return {
    kind: 'rule-set.roll-out',
    ask: 'rule.publish',
    approve: 'rule.publish',
    async prepare(tx, caller, payload) {
      const { number, ring } = payload
      const { hash, rules, tunings } = await sets.requireRollOut(tx, caller, number, ring)
      const facts: ApprovalFact[] = [
        { name: 'version', values: [String(number)] },
        { name: 'ring', values: [labels.ring[ring]] },
        { name: 'rules', values: [String(rules)] },
        { name: 'tunings', values: [String(tunings)] },
        { name: 'hash', values: [hash] },
      ]
      return { payload, size: 1, tlp_rank: rank, facts }
    },
    async carryOut(tx, caller, { number, ring }) {
      const answer = await sets.rollOut(tx, caller, number, ring)
      return { subject: `rule-set:${answer.number}`, answer }
    },
  }
}

function titles(name: 'added' | 'changed' | 'removed', all: readonly string[]): ApprovalFact[] {
  if (all.length === 0) return []
  const more = all.length > listed ? [`… ${all.length - listed}`] : []
  return [{ name, values: [...all.slice(0, listed), ...more] }]
}

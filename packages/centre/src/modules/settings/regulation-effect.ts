import type { MovedDeadline } from '@haidang/contracts/regulation-api'
import {
  type DatedRegulation,
  type DeadlineFact,
  type Due,
  dueAfter,
} from '@haidang/contracts/regulation-lookup'

/** A fact of something open. */
export interface OpenFact extends DeadlineFact {
  readonly subject: string
  /** Its number, for people. */
  readonly label: string
}

/** Deadlines of open facts that another set of versions would move, start or end; in the order of the facts. */
export function movedDeadlines(
  facts: readonly OpenFact[],
  before: readonly DatedRegulation[],
  after: readonly DatedRegulation[],
): MovedDeadline[] {
  return facts.flatMap((fact) => {
    const now = byRule(dueAfter(before, fact))
    const then = byRule(dueAfter(after, fact))
    return [...new Set([...now.keys(), ...then.keys()])].flatMap((key) => {
      const [old, next] = [now.get(key), then.get(key)]
      const rule = next ?? old
      if (!rule || (old && next && old.due_at === next.due_at)) return []
      const moved = { before: old?.due_at ?? null, after: next?.due_at ?? null }
      const { subject, label } = fact
      return [{ subject, label, deadline: rule.id, name: rule.name, ...moved }]
    })
  })
}

function byRule(dues: readonly Due[]): Map<string, Due> {
  return new Map(dues.map((due) => [`${due.profile} ${due.id}`, due]))
}

import type { Alert, Match } from '@haidang/contracts/alert'
import type { Logsource } from '@haidang/contracts/event'
import { applies } from '@haidang/detection/match/router'
import { missOf } from '@haidang/detection/sigma/miss'
import { type Reading, readingOf } from '@haidang/detection/sigma/reading'
import type { CompiledRule } from '@haidang/detection/sigma/rule-compiler'
import type { RuleSet } from '@haidang/detection/sigma/rule-set'
import { View } from '@haidang/detection/sigma/view'
import type { SpoolRecord } from '@haidang/runtime/spool/spool'
import type { LineContext } from '../line.ts'
import { toEvent } from '../normalise/to-event.ts'

/** Why a rule did not fire on a record. */
export interface RecordMiss {
  /** Place of the record in the batch. */
  readonly index: number
  readonly rule: Pick<Alert['rule'], 'id' | 'title'>
  readonly because: 'logsource' | 'failed' | 'excluded'
  /** The first item that failed, or what an exclusion met; none where the log source is another. */
  readonly matches: readonly Match[]
  /** What the record shows itself to be. */
  readonly logsource: Logsource
}

const mostMisses = 1_000

/** Why the rules of a set do not fire on records; records that cannot be read are left out. */
export function explainRecords(
  records: readonly SpoolRecord[],
  context: LineContext,
  { rules, slots }: RuleSet,
): RecordMiss[] {
  const view = new View(slots)
  const misses: RecordMiss[] = []
  for (const [index, record] of records.entries()) {
    const subject = toEvent(record, context)
    if (!subject.ok) continue
    const reading = readingOf(subject)
    view.show(reading)
    for (const rule of rules) {
      const why = whyNot(rule, reading, view)
      if (why === undefined) continue
      const { id, title } = rule.facts
      misses.push({ index, rule: { id, title }, logsource: reading.logsource, ...why })
      if (misses.length >= mostMisses) return misses
    }
  }
  return misses
}

function whyNot(
  { formula, logsources }: CompiledRule,
  reading: Reading,
  view: View,
): Pick<RecordMiss, 'because' | 'matches'> | undefined {
  if (!applies(logsources, reading.logsource)) return { because: 'logsource', matches: [] }
  const miss = missOf(formula, view)
  if (miss === undefined) return undefined
  return miss.because === 'failed'
    ? { because: 'failed', matches: [miss.item] }
    : { because: 'excluded', matches: miss.items.slice(0, 64) }
}

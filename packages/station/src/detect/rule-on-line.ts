import type { Logsource } from '@haidang/contracts/event'
import { RuleMatcher } from '@haidang/detection/match/rule-matcher'
import { type Reading, readingOf } from '@haidang/detection/sigma/reading'
import { compileRules } from '@haidang/detection/sigma/rule-set'
import type { LineContext } from '../line.ts'
import { readForRules } from '../normalise/read-for-rules.ts'
import { toEvent } from '../normalise/to-event.ts'

const context: LineContext = {
  organisation_id: 'org_0192f0c1-0000-7000-8000-000000000001',
  node_id: 'nod_0192f0c1-0000-7000-8000-000000000001',
  simulated: true,
  sources: new Map(),
}

/** A line as a station reads it, the quick way and the whole way; the quick one only where there is one. */
function readingsOf(line: string): Reading[] {
  const whole = toEvent(
    {
      position: { segment: 1, offset: 0 },
      origin: 'src_0192f0c1-0000-7000-8000-000000000001',
      key: undefined,
      receivedAt: 1_767_580_200_000,
      body: new TextEncoder().encode(line),
    },
    context,
  )
  if (!whole.ok) throw new Error(`${whole.reason}: ${whole.detail}`)
  const quick = readForRules(line, 'auto', () => whole.event)
  return quick === undefined ? [readingOf(whole)] : [quick, readingOf(whole)]
}

/** For tests: whether a rule for a log source fires on a line. Throws if the two ways of reading it do not agree. */
export function fires(logsource: Logsource, selection: unknown, line: string): boolean {
  const detection = { selection, condition: 'selection' }
  const text = JSON.stringify({ title: 'Thử', logsource, detection })
  const rules = compileRules([{ path: 'a.yml', text }])
  const [problem] = rules.entries.flatMap((entry) => entry.problem ?? [])
  if (problem !== undefined) throw new Error(problem)
  const fired = readingsOf(line).map((reading) => new RuleMatcher(rules).match(reading).length > 0)
  if (new Set(fired).size !== 1) throw new Error(`the readings of the line do not agree: ${fired}`)
  return fired[0] === true
}

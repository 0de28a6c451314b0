import { expect, test } from 'vitest'
import { sampleSubject } from '../sample-event.ts'
import { readingOf } from '../sigma/reading.ts'
import { compileRules } from '../sigma/rule-set.ts'
import { RuleMatcher } from './rule-matcher.ts'
import { RuleMeter } from './rule-meter.ts'

const document = (id: string, detection: string) => ({
  path: `${id}.yml`,
  text: `title: ${id}\nid: ${id}\nlogsource: { product: linux }\ndetection: ${detection}\n`,
})
const rules = compileRules([
  document('rare', '{ s: { user: root, tool: nc }, condition: s }'),
  document('always', '{ s: { tool: nc }, condition: not s }'),
])
const ids = rules.rules.map(({ facts }) => facts.id)

/** Every look at the clock takes a millisecond. */
function slowClock(): () => number {
  let now = 0
  return () => {
    now += 1
    return now
  }
}

const readingFor = (user: string) =>
  readingOf(sampleSubject({ user }, { logsource: { product: 'linux' } }))

test('every so-many-th record is timed, as a whole and rule by rule; taking it starts anew', () => {
  const meter = new RuleMeter(ids, slowClock(), 10)
  const matcher = new RuleMatcher(rules, undefined, meter)
  const plain = new RuleMatcher(rules)
  for (let n = 0; n < 29; n++) {
    const reading = readingFor(n % 2 === 0 ? 'root' : 'lan')
    expect([...matcher.match(reading)]).toEqual([...plain.match(reading)])
  }
  const costs = meter.take()
  expect(costs?.records).toBe(2)
  const always = costs?.rules.find(({ id }) => id === 'always')
  expect(always).toEqual({ id: 'always', tried: 2, us: 2000 })
  expect(costs?.us).toBeGreaterThanOrEqual(6000)
  expect(meter.take()).toBeUndefined()
  matcher.match(readingFor('lan'))
  expect(meter.take()).toMatchObject({ records: 1, rules: [{ id: 'always', tried: 1 }] })
})

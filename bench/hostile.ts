import { hostileRecords } from '../packages/station/tests/hostile/hostile-records.ts'
import {
  cost,
  lookedFor,
  WholeWay,
  withSigmaRules,
} from '../packages/station/tests/hostile/whole-way.ts'
import type { Figure } from './figure.ts'

const runs = 5

/** Processor time of the line for the worst of many hostile records, beside what JSON.parse takes for the same text. */
export async function* figures(): AsyncGenerator<Figure> {
  const way = new WholeWay()
  const encoder = new TextEncoder()
  let worst = { what: '', took: 0, reading: 0 }
  for (const { what, text } of hostileRecords(lookedFor)) {
    const body = encoder.encode(text)
    const took = cost(() => way.examine(body), runs)
    if (took <= worst.took) continue
    worst = { what, took, reading: text.startsWith('{') ? cost(() => JSON.parse(text), runs) : 0 }
  }
  const rules = `${way.rules.rules.length} rules${withSigmaRules ? '' : ' of our own'}`
  yield {
    name: 'hostile.worst_record_ms',
    value: Math.round(worst.took),
    unit: `ms of processor time, ${rules}, ${worst.what}`,
    median_of: 1,
    beside: { name: 'JSON.parse', value: Math.round(worst.reading) },
  }
}

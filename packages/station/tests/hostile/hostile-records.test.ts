import { expect, test } from 'vitest'
import { hostileRecords } from './hostile-records.ts'
import { cost, lookedFor, WholeWay, withSigmaRules } from './whole-way.ts'

if (!withSigmaRules) process.stderr.write('skipped: rules of SigmaHQ on hostile records\n')

/**
 * Milliseconds of processor time for a record of one to two megabytes, beyond reading its bytes as JSON. The
 * figures themselves are printed by the bench `hostile`; a search that is not linear takes minutes.
 */
const longest = 600

const encoder = new TextEncoder()
const records = hostileRecords(lookedFor).map(({ what, text }) => ({
  what,
  text,
  body: encoder.encode(text),
}))
const way = new WholeWay()
const prototypes = [Object.prototype, Array.prototype, String.prototype, Function.prototype]
const untouched = prototypes.map((prototype) => Reflect.ownKeys(prototype))

test('every hostile record becomes one event or one reject, and not for a fault of ours', () => {
  const reasons = records.map(({ what, body }) => {
    const { events, rejects } = way.examine(body)
    expect([what, events + rejects.length]).toEqual([what, 1])
    return rejects[0]?.reason
  })
  expect(new Set(reasons)).toEqual(
    new Set([undefined, 'json.too-deep', 'json.too-many-names', 'record.binary']),
  )
})

test('rules find what stands in them', () => {
  const hit = records.filter(({ what }) => what === 'CommandLine: what rules look for')
  expect(hit.flatMap(({ body }) => way.examine(body).alerts).length).toBeGreaterThan(5)
  expect(hit.every(({ text }) => (way.scan(text) ?? 0) > 5)).toBe(true)
})

test('no record takes longer than the line can stand', () => {
  for (const { what, text, body } of records) {
    const reading = cost(() => parseJson(text), 1)
    expect([what, cost(() => way.examine(body), 1) - reading < longest]).toEqual([what, true])
  }
}, 120_000)

test('no record changes what all objects share', () => {
  for (const { text } of records) way.scan(text)
  expect(prototypes.map((prototype) => Reflect.ownKeys(prototype))).toEqual(untouched)
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

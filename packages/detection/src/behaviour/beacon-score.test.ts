import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  bowleySkew,
  durationScore,
  flatness,
  sizeScore,
  spreadScore,
  timingScore,
  weightedScore,
} from './beacon-score.ts'
import { medianDeviation } from './robust.ts'

test('even intervals score 1; a beacon with a day shift and a night shift keeps its spread', () => {
  expect(timingScore([0, 60, 120, 180, 240])).toBe(1)
  const twoShifts = Array.from({ length: 24 }, (_, hour) => (hour < 12 ? 60 : 6))
  expect(spreadScore(twoShifts)).toBe(1)
  expect(spreadScore([60, 0, 0, 0])).toBe(0)
})

const shared = process.env['HAIDANG_SHARED']
const root = join(import.meta.dirname, '../../../..')
const directory =
  shared === undefined || shared === 'required' ? join(root, '../shared/data') : shared
const file = join(directory, 'modules/zeek-beacon/rita-vectors.json')
const present = shared === 'required' || existsSync(file)

interface Vector
  extends Readonly<Record<string, number | string | boolean | number[] | undefined>> {
  readonly name: string
  readonly expectedError: boolean
  readonly expectedScore: number
}

const number = (vector: Vector, name: string) => Number(vector[name] ?? 0)
const list = (vector: Vector, name: string) => vector[name] as number[]

const scorers: Record<string, (vector: Vector) => number | undefined> = {
  timestampScore: (vector) => timingScore(list(vector, 'tsList')),
  dataSizeScore: (vector) => sizeScore(list(vector, 'bytesList')),
  coefficientOfVariation: (vector) => flatness(list(vector, 'freqList')),
  beaconScore: (vector) => {
    const scores = ['ts', 'ds', 'dur', 'hist']
    return weightedScore(
      scores.map((name) => number(vector, `${name}Score`)),
      scores.map((name) => number(vector, `${name}Weight`)),
    )
  },
  durationScore: (vector) =>
    durationScore(
      {
        recorded: [number(vector, 'datasetMin'), number(vector, 'datasetMax')],
        met: [number(vector, 'histMin'), number(vector, 'histMax')],
        hours: number(vector, 'totalBars'),
        longestRun: number(vector, 'longestConsecutiveRun'),
      },
      number(vector, 'minHoursThreshold'),
      number(vector, 'idealConsistencyHours'),
    ),
}

describe.skipIf(!present)('the published vectors (skipped without shared data)', () => {
  const { vectors } = present
    ? (JSON.parse(readFileSync(file, 'utf8')) as { vectors: Record<string, Vector[]> })
    : { vectors: {} }
  const cases = Object.entries(vectors).flatMap(([kind, group]) =>
    group.map((vector) => [kind, vector.name, vector] as const),
  )

  test('all five kinds are there', () => {
    expect(new Set(cases.map(([kind]) => kind))).toEqual(new Set(Object.keys(scorers)))
  })

  test.each(cases)('%s: %s', (kind, _name, vector) => {
    const score = scorers[kind]?.(vector)
    if (vector.expectedError) expect(score).toBeUndefined()
    else expect(score).toBeCloseTo(vector.expectedScore, kind === 'beaconScore' ? 2.9 : 3)
  })

  test.each(
    cases.filter(
      ([kind, , vector]) =>
        kind !== 'coefficientOfVariation' && !vector.expectedError && 'expectedSkew' in vector,
    ),
  )('%s: %s: skew and deviation', (kind, _name, vector) => {
    const values =
      kind === 'timestampScore'
        ? list(vector, 'tsList')
            .slice(1)
            .map((time, i) => time - (list(vector, 'tsList')[i] ?? 0))
        : list(vector, 'bytesList')
    expect(bowleySkew(values)).toBeCloseTo(number(vector, 'expectedSkew'), 3)
    expect(medianDeviation(values)).toBeCloseTo(number(vector, 'expectedMAD'), 3)
  })
})

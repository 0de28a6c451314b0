import assert from 'node:assert/strict'
import { playSource } from '../../packages/station/tests/play-source.ts'
import { randomOf, sourceModels } from '../../packages/station/tests/source-weeks.ts'

const seeds = 40
const weeksJudged = 8
const month = 365.25 / 12 / 7
/** False alarms a source may raise in a month. */
const mostFalse = 0.1

/**
 * Generated sources of five kinds, 40 seeds each: four weeks to learn, eight judged without a fault; then cut off,
 * and thinned to a twentieth, at a random minute of a working week. Minutes count from the first record lost.
 */
export async function prove(say: (text: string) => void): Promise<Record<string, number>> {
  const figures: Record<string, number> = {}
  for (const [name, model] of Object.entries(sourceModels)) {
    const all = Array.from({ length: seeds }, (_, i) => i + 1000)
    const alarms = all.flatMap((seed) => playSource(model(randomOf(seed)), 4 + weeksJudged).alarms)
    const months = (seeds * weeksJudged) / month
    const perMonth = (state: string) =>
      Math.round((alarms.filter((one) => one.state === state).length / months) * 1000) / 1000
    for (const state of ['quiet', 'reduced', 'flood']) {
      figures[`${name}_false_${state}_per_month`] = perMonth(state)
    }
    const cut = all.flatMap((seed) => noticed(model, seed, 0))
    figures[`${name}_cut_noticed_minutes_median`] = at(cut, 0.5)
    figures[`${name}_cut_noticed_minutes_most`] = at(cut, 1)
    assert.equal(cut.length, seeds, `${name}: every cut is noticed within a fortnight`)
    if (name === 'office' || name === 'sensor') {
      const thin = all.flatMap((seed) => noticed(model, seed, 0.05))
      figures[`${name}_twentieth_noticed_minutes_median`] = at(thin, 0.5)
      assert.equal(thin.length, seeds, `${name}: every thinning is noticed within a fortnight`)
    }
    say(JSON.stringify(figures))
    assert.ok(alarms.length / months <= mostFalse, `${name}: false alarms`)
  }
  return figures
}

function noticed(model: (typeof sourceModels)['office'], seed: number, share: number): number[] {
  const at = 5 * 10_080 + Math.floor(randomOf(seed)() * 5 * 1440)
  const { alarms, firstLost } = playSource(model(randomOf(seed)), 7, { at, share })
  const alarm = alarms.find(({ minute }) => minute >= at)
  return alarm && firstLost !== undefined ? [Math.max(0, alarm.minute - firstLost)] : []
}

function at(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.ceil(share * (sorted.length - 1))] ?? 0
}

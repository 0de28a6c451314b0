import assert from 'node:assert/strict'
import { journalApi } from '@haidang/contracts/journal-api'
import type { Gap } from '@haidang/contracts/station'
import { stationApi } from '@haidang/contracts/station-api'
import type { LiveNode } from './live-node.ts'
import { numberedLoad } from './numbered-load.ts'
import { type Pair, startPair } from './pair.ts'
import { issueOrder, stepsOf, untilOrder } from './paper.ts'
import { allAlerts, arrivals, storedBatches } from './stored.ts'
import { until } from './until.ts'
import { alertEvery, numberIn, webLine } from './web-lines.ts'

interface CutRunOptions {
  /** Batches of 1,000 lines that come in during the cut. */
  readonly batches: number
  readonly linesPerSecond: number
  /** More of the section `link` of both nodes. */
  readonly link?: Readonly<Record<string, number>>
  readonly say: (text: string) => void
}

const batchLines = 1_000
const before = { batches: 2, key: 'before' }
const patience = 300_000

/**
 * Cuts the wire between a station and its centre while the station takes lines in and both write to each
 * other, then joins it again: everything arrives, in order, once, and the cut is seen to open and close.
 */
export async function cutRun(options: CutRunOptions): Promise<Record<string, number>> {
  const { batches, linesPerSecond, say } = options
  await using pair = await startPair(options.link)
  const { station, centre, relay } = pair
  const send = (from: number, count: number, key: string) =>
    numberedLoad({
      ...pair.intake,
      key,
      linesPerSecond,
      batchLines,
      batches: count,
      parallel: 1,
      line: (n) => webLine(from * batchLines + n, Date.now()),
      stop: new AbortController().signal,
    })
  await send(0, before.batches, before.key)
  const early = await issueOrder(centre, 'Trước khi đứt')
  await untilStep(centre, early.id, 'delivered')
  await untilAlerts(centre, before.batches)

  const cutAt = performance.now()
  relay.cut()
  await send(before.batches, batches, 'during')
  await untilAlerts(station, before.batches + batches)
  const takenIn = secondsSince(cutAt)
  say(`${batches * batchLines} lines taken in within ${takenIn} s of the cut`)
  const during = await writeToEachOther(pair, early.id)
  const opened = await untilSilent(pair)
  say(`the centre calls the station silent, ${secondsSince(cutAt)} s after the cut`)
  const { waiting } = await station.api(stationApi).parent({})
  assert.equal(
    (await allAlerts(centre)).length,
    (before.batches * batchLines) / alertEvery,
    'nothing comes through a cut',
  )

  const mendedAt = performance.now()
  relay.mend()
  const closed = await untilClosed(pair, opened)
  const rejoined = secondsSince(mendedAt)
  say(`everything has arrived ${rejoined} s after the wire was mended`)
  await verifyPaper(pair, early.id, during)
  for (const node of [station, centre]) await verifyChain(node)
  const alerts = await verifyAlerts(pair, before.batches + batches)
  await verifyEvents(station, before.batches + batches)
  const raised = (batches * batchLines) / alertEvery
  assert.ok(closed.recovered >= raised, `only ${closed.recovered} counted as recovered`)
  return {
    events_during_cut: batches * batchLines,
    alerts_during_cut: raised,
    waiting_at_the_end_of_cut: waiting,
    recovered: closed.recovered,
    ...alerts,
    cut_seconds: Math.round((mendedAt - cutAt) / 1000),
    taken_in_per_second: Math.round((batches * batchLines) / takenIn),
    seconds_until_all_arrived: rejoined,
  }
}

/** During the cut the centre issues an order, and the station answers the one it has. */
async function writeToEachOther({ station, centre }: Pair, early: string): Promise<string> {
  const late = await issueOrder(centre, 'Trong khi đứt')
  await stepsOf(station, early, ['accepted', 'acting'])
  assert.deepEqual(await stepsOf(centre, early), ['issued', 'delivered'], 'no step comes through')
  return late.id
}

/** The child knows itself cut; the parent calls it silent, with an open gap. */
async function untilSilent({ station, centre }: Pair): Promise<Gap> {
  await until('the station to know itself cut', patience, async () => {
    return (await station.api(stationApi).parent({})).state === 'cut'
  })
  const gap = await until('the centre to open a silence', patience, () => silence(centre))
  assert.deepEqual([gap.to, gap.closed_at], [null, null], 'the silence is open')
  const { items } = await centre.api(stationApi).list({ query: {} })
  const entry = items.find(({ id }) => id === gap.station_id)
  assert.deepEqual(
    [entry?.state, entry?.open_gaps],
    ['silent', 1],
    'the station is shown as silent',
  )
  return gap
}

/** The same gap closes; the station is connected and nothing waits. */
async function untilClosed({ station, centre }: Pair, opened: Gap): Promise<Gap> {
  const closed = await until('the centre to close the silence', patience, async () => {
    const gap = await silence(centre)
    return gap?.closed_at ? gap : undefined
  })
  assert.equal(closed.id, opened.id, 'it is the silence that was opened')
  // The receipt of an order that came down may still be on its way up.
  await until('the link to run empty', patience, async () => {
    const { state, waiting } = await station.api(stationApi).parent({})
    return state === 'connected' && waiting === 0
  })
  const { items } = await centre.api(stationApi).list({ query: {} })
  const entry = items.find(({ id }) => id === closed.station_id)
  assert.deepEqual([entry?.state, entry?.open_gaps], ['connected', 0])
  return closed
}

async function silence(centre: LiveNode): Promise<Gap | undefined> {
  const { items } = await centre.api(stationApi).gaps({ query: {} })
  assert.ok(items.length <= 1, 'one cut, one gap')
  return items[0]
}

/** The order issued meanwhile is at the station, the steps taken meanwhile are at the centre, once, in order. */
async function verifyPaper({ station, centre }: Pair, early: string, late: string): Promise<void> {
  await untilOrder(station, late)
  const climbed = ['issued', 'delivered', 'read', 'accepted', 'acting']
  await until('the steps to arrive', patience, async () => {
    return (await stepsOf(centre, early)).length >= climbed.length
  })
  assert.deepEqual(await stepsOf(centre, early), climbed)
  await untilStep(centre, late, 'delivered')
}

async function untilStep(node: LiveNode, order: string, step: string): Promise<void> {
  await until(`step ${step} of ${order} at ${node.name}`, patience, async () => {
    return (await stepsOf(node, order)).includes(step)
  })
}

async function verifyChain(node: LiveNode): Promise<void> {
  const { report } = await node.api(journalApi).verify({ body: {} })
  assert.ok(report?.intact, `the journal of ${node.name} is broken at ${report?.broken_at}`)
}

async function untilAlerts(node: LiveNode, batches: number): Promise<void> {
  const last = batches * batchLines - alertEvery
  await until(`alert of line ${last} at ${node.name}`, patience, async () => {
    // Lines of one batch have one time, so the last stands somewhere among the newest.
    const newest = await allAlerts(node, 100)
    return newest.some(({ raw_data }) => numberIn(raw_data) === last)
  })
}

/** Every alert once, and recorded in the order of the lines, which is the order of the link's numbers. */
async function verifyAlerts({ centre }: Pair, batches: number): Promise<Record<string, number>> {
  const alerts = await allAlerts(centre)
  const numbers = new Map(alerts.map(({ id, raw_data }) => [id, numberIn(raw_data)]))
  const expected = Array.from(
    { length: (batches * batchLines) / alertEvery },
    (_, i) => i * alertEvery,
  )
  assert.deepEqual(
    [...numbers.values()].sort((a, b) => a - b),
    expected,
    'each alert once',
  )
  await centre.stop()
  let highest = -1
  const recorded = await arrivals(centre.directory)
  for (const ids of recorded) {
    const group = ids.map((id) => numbers.get(id) ?? -1)
    assert.ok(Math.min(...group) > highest, 'no alert was recorded before an earlier one')
    highest = Math.max(...group)
  }
  return { alerts_at_centre: alerts.length, recorded_in_batches: recorded.length }
}

async function verifyEvents(station: LiveNode, batches: number): Promise<void> {
  await station.stop()
  const stored = await storedBatches(station.directory, batchLines)
  const whole = { rows: batchLines, numbers: batchLines, ids: batchLines }
  assert.deepEqual(
    stored,
    Array.from({ length: batches }, (_, batch) => ({ batch, ...whole })),
    'every line is stored once',
  )
}

function secondsSince(start: number): number {
  return Math.round((performance.now() - start) / 100) / 10
}

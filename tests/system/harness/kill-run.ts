import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { journalApi } from '@haidang/contracts/journal-api'
import { sourceApi } from '@haidang/contracts/source-api'
import { stationApi } from '@haidang/contracts/station-api'
import { Dice } from '@haidang/replay/dice'
import type { LiveNode } from './live-node.ts'
import { type ProcessKind, processKinds } from './node-processes.ts'
import { numberedLoad, type SentBatch } from './numbered-load.ts'
import { type Pair, startPair } from './pair.ts'
import { allAlerts, type StoredBatch, storedBatches } from './stored.ts'
import { until } from './until.ts'
import { alertEvery, numberIn, webLine } from './web-lines.ts'

interface KillRunOptions {
  readonly kills: number
  readonly linesPerSecond: number
  /** Chooses victims and moments; the same seed chooses the same. */
  readonly seed: number
  readonly say: (text: string) => void
}

type Victim = readonly ['station' | 'centre', ProcessKind]

const batchLines = 500
const settling = 600_000

/**
 * Kills processes of a station and of its centre while lines come in, and then counts: every acknowledged
 * line is stored exactly once, every other at most once, and every alert is at the centre exactly once.
 */
export async function killRun(options: KillRunOptions): Promise<Record<string, number>> {
  const { kills, linesPerSecond, seed, say } = options
  say(`seed ${seed}`)
  await using pair = await startPair()
  const stop = new AbortController()
  const began = performance.now()
  const loading = numberedLoad({
    ...pair.intake,
    key: `kills-${seed}`,
    linesPerSecond,
    batchLines,
    parallel: 4,
    giveUpEvery: 3,
    line: (n) => webLine(n, Date.now()),
    stop: stop.signal,
  })
  const killing = killAll(pair, victimsOf(kills, new Dice(seed)), new Dice(seed + 1), say)
  // Whichever fails first ends the run.
  const slowest = await Promise.race([killing, loading.then(() => killing)])
  stop.abort()
  const sent = await loading
  const seconds = (performance.now() - began) / 1000
  say(`${sent.length} batches in ${Math.round(seconds)} s; the line runs empty …`)
  await untilSettled(pair, sent.filter(({ isAcknowledged }) => isAcknowledged).length * batchLines)
  const alerts = await countAlerts(pair)
  await verifyChains(pair)
  await pair.station.stop()
  const stored = await storedBatches(pair.station.directory, batchLines)
  const events = countEvents(sent, stored)
  assert.deepEqual(alerts.numbers, alertsOf(stored), 'alerts of exactly the stored lines')
  return {
    kills,
    ...events,
    alerts: alerts.numbers.length,
    alerts_lost: 0,
    alerts_duplicated: 0,
    load_seconds: Math.round(seconds),
    lines_per_second: Math.round(events.lines_stored / seconds),
    slowest_recovery_seconds: slowest,
  }
}

/** Every kind of process as often as every other, as far as the number allows, in random order. */
function victimsOf(kills: number, dice: Dice): Victim[] {
  const all = (['station', 'centre'] as const).flatMap((node) =>
    processKinds.map((kind) => [node, kind] as const),
  )
  const victims: Victim[] = []
  while (victims.length < kills) victims.push(...shuffled(all, dice))
  return victims.slice(0, kills)
}

function shuffled<T>(values: readonly T[], dice: Dice): T[] {
  return values
    .map((value) => ({ value, at: dice.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value)
}

/** Kills one after the other; the longest time until a node was ready again, seconds. */
async function killAll(
  pair: Pair,
  victims: readonly Victim[],
  dice: Dice,
  say: (text: string) => void,
): Promise<number> {
  let slowest = 0
  for (const [turn, [name, kind]] of victims.entries()) {
    await pause(dice.between(200, 4_000))
    const node = pair[name]
    for (const each of [pair.station, pair.centre]) {
      assert.ok(each.isAlive, `the program of ${each.name} ended by itself`)
    }
    const began = performance.now()
    await node.kill(kind)
    // Now and then the next kill comes while this node is still on its way back.
    const waits = kind === 'main' || turn === victims.length - 1 || dice.next() < 0.7
    if (waits) await node.untilReady()
    const seconds = Math.round((performance.now() - began) / 100) / 10
    if (waits) slowest = Math.max(slowest, seconds)
    say(
      `${turn + 1}/${victims.length} ${kind} of ${name}: ${waits ? `back after ${seconds} s` : 'not waited for'}`,
    )
  }
  return slowest
}

/** Waits until nothing is left to do: the spool is empty, the link has nothing waiting. */
async function untilSettled({ station, centre }: Pair, acknowledged: number): Promise<void> {
  await Promise.all([station.untilReady(), centre.untilReady()])
  let before = -1
  await until('the spool to run empty', settling, async () => {
    const { items } = await station.api(sourceApi).list({ query: {} })
    const done = items.reduce((sum, { counters }) => sum + counters.parsed + counters.rejected, 0)
    const isDone = done === before && done >= acknowledged && (await spooled(station)) === 0
    before = done
    // The figure of the spool is refreshed once a second.
    if (!isDone) await pause(1_500)
    return isDone
  })
  await until('the link to run empty', settling, async () => {
    const { state, waiting } = await station.api(stationApi).parent({})
    return state === 'connected' && waiting === 0
  })
}

/** Records that wait in the spool of a station. */
async function spooled({ access }: LiveNode): Promise<number> {
  const text = await (await fetch(`${access.url}/metrics`)).text()
  const value = /^haidang_spool_records(?:\{[^}]*\})? (\S+)$/m.exec(text)?.[1]
  assert.ok(value !== undefined, 'the node tells how much waits in its spool')
  return Number(value)
}

/** Both nodes must show the same alerts, each once; their lines' numbers, sorted. */
async function countAlerts({ station, centre }: Pair): Promise<{ numbers: number[] }> {
  const [below, above] = [await allAlerts(station), await allAlerts(centre)]
  const numbers = above.map(({ raw_data }) => numberIn(raw_data)).sort((a, b) => a - b)
  assert.equal(new Set(numbers).size, numbers.length, 'no alert stands twice at the centre')
  assert.deepEqual(
    above.map(({ id }) => id).sort(),
    below.map(({ id }) => id).sort(),
    'the centre has the alerts of the station',
  )
  const { items: gaps } = await centre.api(stationApi).gaps({ query: {} })
  assert.deepEqual(
    gaps.filter(({ kind }) => kind === 'dropped'),
    [],
    'the station dropped nothing',
  )
  return { numbers }
}

async function verifyChains({ station, centre }: Pair): Promise<void> {
  for (const node of [station, centre] satisfies LiveNode[]) {
    const { report } = await node.api(journalApi).verify({ body: {} })
    assert.ok(report?.intact, `the journal of ${node.name} is broken at ${report?.broken_at}`)
  }
}

/** Compares what was sent with what is stored; throws at the first line lost or doubled. */
function countEvents(sent: readonly SentBatch[], stored: readonly StoredBatch[]) {
  const byBatch = new Map(stored.map((each) => [each.batch, each]))
  let unacknowledged = 0
  let kept = 0
  for (const { index, isAcknowledged } of sent) {
    const { rows = 0, numbers = 0, ids = 0 } = byBatch.get(index) ?? {}
    assert.equal(rows, numbers, `batch ${index}: a line stands twice`)
    assert.equal(rows, ids, `batch ${index}: an event id stands twice`)
    if (isAcknowledged) assert.equal(rows, batchLines, `batch ${index} was acknowledged`)
    else {
      assert.ok(rows === 0 || rows === batchLines, `batch ${index} is stored in part: ${rows}`)
      unacknowledged++
      if (rows > 0) kept++
    }
    byBatch.delete(index)
  }
  assert.deepEqual([...byBatch.values()], [], 'nothing is stored that was not sent')
  const acknowledged = (sent.length - unacknowledged) * batchLines
  return {
    lines_acknowledged: acknowledged,
    lines_lost: 0,
    lines_duplicated: 0,
    lines_stored: acknowledged + kept * batchLines,
    batches_sent_again: sent.filter(({ attempts }) => attempts > 1).length,
    batches_never_acknowledged: unacknowledged,
    batches_never_acknowledged_but_stored_once: kept,
  }
}

/** The numbers of stored lines that raise an alert. */
function alertsOf(stored: readonly StoredBatch[]): number[] {
  return stored.flatMap(({ batch }) =>
    Array.from({ length: batchLines }, (_, i) => batch * batchLines + i).filter(
      (n) => n % alertEvery === 0,
    ),
  )
}

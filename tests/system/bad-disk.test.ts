import type { Readiness } from '@haidang/contracts/health'
import { sourceApi } from '@haidang/contracts/source-api'
import { expect, test } from 'vitest'
import { numberedLoad } from './harness/numbered-load.ts'
import { cannotMount, failingDisk, smallDisk } from './harness/small-disk.ts'
import { storedBatches } from './harness/stored.ts'
import { until } from './harness/until.ts'
import { webLine } from './harness/web-lines.ts'
import { type StartedStation, startStation } from './start-station.ts'

const mebibyte = 1024 * 1024
const batchLines = 500
const patience = 60_000
const zeek = { name: 'zeek', collector: 'json-lines', format: 'zeek-json' } as const
/** What it is sent is no record: it may be taken in or not, and becomes no event. */
const probe = { ...zeek, name: 'probe' }
const reserve = 64 * mebibyte

if (cannotMount) console.log(`bad disks are not tried: ${cannotMount}`)

test.skipIf(cannotMount)(
  'a full disk holds senders back, leaves the portal readable, and intake goes on by itself with room again',
  { timeout: 180_000 },
  async () => {
    await using disk = await smallDisk(700 * mebibyte)
    await using station = await startStation({
      sources: [zeek, probe],
      directory: disk.path,
      station: { disk_reserve_bytes: reserve },
    })
    await send(station, 'before', 0, 4)

    // Below the reserve: the engines still have room, and nothing more is taken in.
    await disk.fill(reserve / 2)
    await untilRefused(station)
    expect(await diskCheck(station)).toMatchObject({
      state: 'fail',
      cause: { en: expect.stringContaining('less than the reserve of 64 MiB') },
    })
    await untilStored(station, 4 * batchLines)

    // Not a byte left: somebody else took the reserve, too.
    await disk.fill(0)
    const sending = send(station, 'full', 4, 4)
    await untilRefused(station)
    const { items } = await station.node.api(sourceApi).list({ query: {} })
    expect(items.find(({ name }) => name === 'zeek')?.counters.parsed).toBe(4 * batchLines)

    await disk.empty()
    await sending
    await untilStored(station, 8 * batchLines)
    expect(await diskCheck(station)).toMatchObject({ state: 'ok' })
    await verifyStored(station, 8)
  },
)

test.skipIf(cannotMount)(
  'a disk that turns read-only is told, nothing is acknowledged on it, and after a repair all that was is there once',
  { timeout: 180_000 },
  async () => {
    await using disk = await failingDisk(900 * mebibyte)
    await using station = await startStation({
      sources: [zeek, probe],
      directory: disk.path,
      station: { disk_reserve_bytes: reserve },
    })
    await send(station, 'before', 0, 6)
    disk.fail()
    await untilRefused(station)
    expect(await diskCheck(station)).toMatchObject({
      state: 'fail',
      cause: { en: expect.stringContaining('The disk takes no writes') },
      remedy: { en: expect.stringContaining('repair or replace the disk') },
    })
    expect((await fetch(`${station.node.access.url}/healthz`)).ok).toBe(true)

    await station.node.stop()
    await disk.repair()
    await station.node.start()
    await station.node.untilReady()
    await send(station, 'after', 6, 2)
    await untilStored(station, 8 * batchLines)
    await verifyStored(station, 8)
  },
)

/** Batches of numbered lines from a batch on, each tried until it is acknowledged. */
async function send({ node, tokens }: StartedStation, key: string, from: number, batches: number) {
  const sent = await numberedLoad({
    url: `${node.access.url}/ingest/v1/zeek`,
    token: tokens.get('zeek') ?? '',
    line: (n) => webLine(from * batchLines + n, Date.now()),
    stop: new AbortController().signal,
    key,
    batches,
    batchLines,
    linesPerSecond: 20_000,
    parallel: 2,
  })
  expect(sent.map(({ isAcknowledged }) => isAcknowledged)).toEqual(sent.map(() => true))
}

/** How a sender is answered. */
async function answer({ node, tokens }: StartedStation) {
  const response = await fetch(`${node.access.url}/ingest/v1/probe`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.get('probe')}` },
    body: '{',
  })
  await response.body?.cancel()
  return { status: response.status, retryAfter: response.headers.get('retry-after') }
}

async function untilRefused(station: StartedStation): Promise<void> {
  await until('the node to hold senders back', patience, async () => {
    return (await answer(station)).status === 507
  })
  expect(await answer(station)).toEqual({ status: 507, retryAfter: '5' })
}

async function diskCheck({ node }: StartedStation) {
  const response = await fetch(`${node.access.url}/readyz`)
  const { checks } = (await response.json()) as Readiness
  return checks.find(({ name }) => name === 'disk')
}

/** Waits until so many records of the source went through the line. */
async function untilStored(station: StartedStation, records: number): Promise<void> {
  await until(`${records} records to be parsed`, patience, async () => {
    const { counters } = await station.source('zeek')
    return counters.parsed === records
  })
}

async function verifyStored({ node }: StartedStation, batches: number): Promise<void> {
  await node.stop()
  const whole = { rows: batchLines, numbers: batchLines, ids: batchLines }
  expect(await storedBatches(node.directory, batchLines)).toEqual(
    Array.from({ length: batches }, (_, batch) => ({ batch, ...whole })),
  )
}

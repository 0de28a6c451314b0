import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { archiveApi } from '@haidang/contracts/archive-api'
import { eventApi } from '@haidang/contracts/event-api'
import { isoOf, systemClock } from '@haidang/runtime/clock'
import { type StartedStation, startStation } from '../start-station.ts'
import type { LiveNode } from './live-node.ts'
import { numberedLoad } from './numbered-load.ts'
import type { Swift } from './swift.ts'
import { until } from './until.ts'
import { numberIn, webLine } from './web-lines.ts'

interface BucketRunOptions {
  readonly swift: Swift
  readonly batches: number
  readonly say: (text: string) => void
}

const batchLines = 500
const day = 86_400_000
/** Days the station's clock stands back while lines come in: more than the event store is to keep. */
const daysBack = 3
const settling = 300_000
const prefix = 'station'

/**
 * A station whose files lie in a bucket takes lines in and is killed while it archives them: once while the service is
 * away, once with its first file there. Afterwards the archive holds every line once, the event store none of them, and
 * a search finds each once, out of the bucket.
 */
export async function bucketRun(options: BucketRunOptions): Promise<Record<string, number>> {
  const { swift, batches, say } = options
  const began = systemClock.now() - daysBack * day
  await using station = await startDaysAgo(swift)
  const { node } = station
  const lines = batches * batchLines
  await takeIn(station, batches, began)
  say(`${lines} lines taken in`)
  await node.stop()
  await killWhileAway(node, swift)
  say('killed while the service was away')
  await until('a first file', settling, async () => {
    askToArchive(node)
    return (await swift.keys(`${prefix}/archive`)).length > 0
  })
  await node.kill('main')
  say('killed with the first file there')
  const files = await archivedAlone(node)
  const sum = files.reduce((rows, file) => rows + file.rows, 0)
  assert.equal(sum, lines, 'events in the archive')
  const objects = (await swift.keys(`${prefix}/archive`)).length
  assert.equal(objects, files.length, 'objects in the bucket')
  const range = { from: isoOf(began - day), to: isoOf(began + day) }
  const { faulty } = await node.api(archiveApi).verify({ body: range })
  assert.equal(faulty, 0, 'faulty files')
  const found = await searched(node, range)
  assert.equal(found.length, lines, 'events found')
  assert.equal(new Set(found).size, lines, 'different events found')
  return { lines_acknowledged: lines, kills: 2, files: files.length, events_found: found.length }
}

/** A station with its files in the bucket, whose first life is some days ago: so its hours are closed at once. */
async function startDaysAgo({ endpoint, region, accessKey, secretKey }: Swift) {
  const before = process.env['NODE_OPTIONS']
  const ago = `const Now=Date;globalThis.Date=class extends Now{constructor(...at){super(...(at.length?at:[Now.now()-${daysBack * day}]))}static now(){return Now.now()-${daysBack * day}}}`
  process.env['NODE_OPTIONS'] =
    `${before ?? ''} --import=data:text/javascript,${encodeURIComponent(ago)}`
  try {
    return await startStation({
      sources: [{ name: 'zeek', collector: 'json-lines', format: 'zeek-json' }],
      sections: {
        blobs: {
          url: `s3://hai-dang/${prefix}?endpoint=${endpoint}&region=${region}`,
          access_key: accessKey,
          secret_key: secretKey,
        },
      },
    })
  } finally {
    if (before === undefined) delete process.env['NODE_OPTIONS']
    else process.env['NODE_OPTIONS'] = before
  }
}

/** Sends so many batches and waits until every line is stored. */
async function takeIn(station: StartedStation, batches: number, time: number): Promise<void> {
  await numberedLoad({
    url: `${station.node.access.url}/ingest/v1/zeek`,
    token: station.tokens.get('zeek') ?? '',
    line: (n) => webLine(n, time),
    stop: new AbortController().signal,
    key: 'bucket',
    batchLines,
    batches,
    linesPerSecond: 10_000,
    parallel: 4,
  })
  await until('every line to be stored', settling, async () => {
    const { counters } = await station.source('zeek')
    return counters.parsed === batches * batchLines
  })
}

async function killWhileAway(node: LiveNode, swift: Swift): Promise<void> {
  await swift.kill()
  await node.start()
  await until('the archive to miss its bucket', settling, async () => {
    askToArchive(node)
    return (await node.api(archiveApi).status({})).last_error !== ''
  })
  askToArchive(node)
  await pause(500)
  await node.kill('main')
  await swift.restart()
}

/** Starts a turn of the archive, which may be cut short. */
function askToArchive(node: LiveNode): void {
  node
    .api(archiveApi)
    .run({})
    .then(undefined, () => undefined)
}

/** Lets the event store keep one day, and waits until the bucket alone has the events; answers its files. */
async function archivedAlone(node: LiveNode) {
  const archive = node.api(archiveApi)
  const kept = { hot_days: 1, archive_days: 365, clause: '' }
  const policy = { archive: true, rules: [], otherwise: kept }
  const body = { policy, reason: 'the event store keeps one day', based_on: 0 }
  await until('the policy', settling, () => archive.publishRetention({ body }))
  return until('all to be in the bucket alone', settling, async () => {
    await archive.run({})
    const { items } = await archive.files({ query: { limit: 500 } })
    return items.length > 0 && items.every(({ state }) => state === 'archived') && items
  })
}

/** Numbers of all events a search finds, page by page, every one out of the archive. */
async function searched(node: LiveNode, range: { from: string; to: string }): Promise<number[]> {
  const events = node.api(eventApi)
  await until('the files to come back', settling, async () => {
    const { archive } = await events.search({ query: { ...range, limit: 1 } })
    return archive?.waiting === 0
  })
  const numbers: number[] = []
  let cursor: string | undefined
  do {
    const page = await events.search({ query: { ...range, limit: 500, cursor } })
    assert.equal(page.from_archive.length, page.items.length, 'events out of the archive')
    numbers.push(...page.items.map((event) => numberIn(JSON.stringify(event))))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return numbers
}

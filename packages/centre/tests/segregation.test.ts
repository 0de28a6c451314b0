import { randomUUID } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { standingNode } from './access-ground.ts'
import { everything, type Holding, hold, keyFor } from './access-holding.ts'
import type { CentreNode } from './centre-node.ts'
import { type Comparison, comparePairs } from './rank-test.ts'

// The long form, a minute of it: npm run prove -- segregation.
const seconds = Number(process.env['HAIDANG_SEGREGATION_SECONDS'] ?? 5)
const long = seconds > 10
const organisations = 6
const atOnce = 200
const pairs = 1_000
/** Level of one comparison; a difference must show in each of the rounds, in none by chance alone. */
const level = 0.01
const rounds = 3

interface Side {
  readonly things: Holding
  readonly secret: string
}

let node: CentreNode
const sides: Side[] = []

beforeAll(async () => {
  node = await standingNode()
  for (let n = 1; n <= organisations; n++) {
    const things = await hold(node, n, { tlp: 'amber+strict' })
    sides.push({ things, secret: await keyFor(node, things.organisation, everything) })
  }
}, 120_000)
afterAll(() => node?.[Symbol.asyncDispose]())

async function get(url: string, secret: string) {
  const { statusCode, body } = await node.http.inject({
    method: 'GET',
    url,
    headers: { authorization: `Bearer ${secret}` },
  })
  return { status: statusCode, body }
}

/** Paths under which things of one organisation are asked for. */
function pathsOf(things: Holding): string[] {
  return [
    `incidents/${things.incident}`,
    `alerts/${things.alert}`,
    `clusters/${things.cluster}`,
    `orders/${things.order}`,
    `systems/${things.system}`,
    `stations/${things.station}`,
    `rule-library/${things.rule}`,
    `incidents/${things.incident}/audience`,
    `inspections/${things.inspection}`,
    `sharing-groups/${things.group}`,
  ]
}

const lists = [
  ...['incidents', 'alerts', 'clusters', 'orders', 'systems', 'people', 'keys', 'journal'],
  ...['estate', 'estate-plan', 'inspections', 'contact-points', 'organisation-requests'],
  'invitations',
]

function pick<T>(list: readonly T[]): T {
  return list[Math.floor(Math.random() * list.length)] as T
}

test(`${atOnce} at a time of ${organisations} organisations: nobody reads a row of another`, async () => {
  const until = performance.now() + seconds * 1_000
  const counts = { own: 0, foreign: 0, lists: 0 }
  async function one(side: Side): Promise<void> {
    const other = pick(sides.filter((one) => one !== side))
    const [own, foreign, list] = await Promise.all([
      get(`/api/v1/${pick(pathsOf(side.things))}`, side.secret),
      get(`/api/v1/${pick(pathsOf(other.things))}`, side.secret),
      get(`/api/v1/${pick(lists)}?limit=200`, side.secret),
    ])
    expect(own.status, own.body).toBe(200)
    expect(foreign.status, foreign.body).toBe(404)
    expect(list.status, list.body).toBe(200)
    expect(list.body).toContain(side.things.organisation)
    for (const { things } of sides.filter((one) => one !== side)) {
      for (const id of Object.values(things)) {
        if (own.body.includes(id) || list.body.includes(id)) expect.fail(`${id} is another's`)
      }
    }
    counts.own++
    counts.foreign++
    counts.lists++
  }
  async function keepAsking(place: number): Promise<void> {
    const side = sides[place % sides.length] as Side
    do await one(side)
    while (performance.now() < until)
  }
  // Each asks for three things at a time.
  await Promise.all(Array.from({ length: Math.ceil(atOnce / 3) }, (_, place) => keepAsking(place)))
  expect(counts.foreign).toBeGreaterThanOrEqual(atOnce / 3)
  if (long) process.stdout.write(`segregation ${JSON.stringify({ ...counts, at_once: atOnce })}\n`)
}, 300_000)

/** Milliseconds until the answer that a thing is not there. */
async function timed(path: string, secret: string): Promise<number> {
  const start = performance.now()
  const { status } = await get(`/api/v1/${path}`, secret)
  expect(status).toBe(404)
  return performance.now() - start
}

const kinds = long ? [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] : [0]

test.each(kinds)(
  'what is not there and what is not for one answer alike (path %i)',
  async (kind) => {
    const [side, other] = sides as [Side, Side]
    const foreign = pathsOf(other.things)[kind] as string
    const absent = () => foreign.replace(/_[^/]+/, `_${randomUUID().replace(/^(.{14})./, '$17')}`)
    const [theirs, nobodys] = await Promise.all([
      get(`/api/v1/${foreign}`, side.secret),
      get(`/api/v1/${absent()}`, side.secret),
    ])
    expect(withoutIds(nobodys.body)).toBe(withoutIds(theirs.body))
    const found: Comparison[] = []
    do found.push(comparePairs(await pairsOf(foreign, absent, side.secret)))
    while (found.length < rounds && differs(found.at(-1)))
    if (long) process.stdout.write(`segregation timing ${foreign} ${JSON.stringify(found)}\n`)
    expect(differs(found.at(-1)), JSON.stringify(found)).toBe(false)
  },
  600_000,
)

function differs(comparison: Comparison | undefined): boolean {
  return (comparison?.p ?? 0) <= level
}

/** Pairs of what is another's and what is nowhere, in turns, either first. */
async function pairsOf(
  foreign: string,
  absent: () => string,
  secret: string,
): Promise<[number, number][]> {
  const samples: [number, number][] = []
  for (let pair = 0; pair < pairs; pair++) {
    const first = Math.random() < 0.5
    const a = await timed(first ? foreign : absent(), secret)
    const b = await timed(first ? absent() : foreign, secret)
    samples.push(first ? [a, b] : [b, a])
    if (pair % 100 === 0) await turn()
  }
  return samples
}

function withoutIds(text: string): string {
  return text.replaceAll(/[a-z]{3}_[0-9a-f-]{36}/g, 'id')
}

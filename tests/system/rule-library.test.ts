import { eventApi } from '@haidang/contracts/event-api'
import { journalApi } from '@haidang/contracts/journal-api'
import { ruleApi } from '@haidang/contracts/rule-api'
import { ruleLibraryApi } from '@haidang/contracts/rule-library-api'
import type { StationDrift } from '@haidang/contracts/rule-set'
import { ruleSetApi } from '@haidang/contracts/rule-set-api'
import { attackToolLine } from '@haidang/testbed/attack-lines'
import type { SignedIn } from '@haidang/testbed/signed-in'
import { type TestNetwork, type TestNode, testNetwork } from '@haidang/testbed/test-network'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from './harness/until.ts'

const patience = 30_000
const sigmaId = '8d1f4c6e-53a5-4a0b-9a39-0c2f6f1f7b21'
const path = 'web/cong-cu.yml'

/** Fires for the agent an attack tool names; the starter library has no rule of this id. */
function ruleText(agent: string): string {
  return [
    'title: Công cụ tự chế',
    `id: ${sigmaId}`,
    'description: Công cụ gọi tên chính nó',
    'author: Tổ phân tích',
    'level: high',
    'tags: [attack.t1595.002, attack.reconnaissance]',
    'falsepositives: [kiểm thử của chính đơn vị]',
    'logsource: { product: zeek, service: http }',
    `detection: { tool: { user_agent|contains: ${agent} }, condition: tool }`,
    '',
  ].join('\n')
}

const burstId = '11d94e13-58a2-4e0c-9d0b-b3c0f0d6a111'
/** Fires at the third record the rule above fires on within an hour. */
const burst = {
  path: 'web/don-dap.yml',
  text: [
    'title: Công cụ tự chế dồn dập',
    `id: ${burstId}`,
    'level: high',
    'correlation:',
    '  type: event_count',
    `  rules: [${sigmaId}]`,
    '  timespan: 1h',
    '  condition: { gte: 3 }',
    '',
  ].join('\n'),
}

let network: TestNetwork
let author: SignedIn
let reviewer: SignedIn
let ministry: TestNode

beforeAll(async () => {
  network = await testNetwork()
  ministry = network.station('ministry')
  author = await network.centre.signIn('administrator')
  reviewer = await network.centre.signIn('coordinator')
}, 180_000)
afterAll(() => network?.[Symbol.asyncDispose]())

const library = () => author.api(ruleLibraryApi)
const sets = () => reviewer.api(ruleSetApi)

/** A node lists its own station part with its first heartbeat. */
function driftOf(local: boolean): Promise<StationDrift> {
  return until('the station in the list', 2 * patience, async () => {
    const { items } = await sets().drift({ query: {} })
    return items.find((station) => station.local === local)
  })
}

function inForce(local: boolean, number: number): Promise<StationDrift> {
  return until(`set ${number} in force`, patience, async () => {
    const drift = await driftOf(local)
    return drift.state === 'in_force' && drift.reported === number ? drift : undefined
  })
}

/** The rule as it stands in force on a node; undefined where it does not. */
async function ruleAt(node: TestNode) {
  const { items } = await node.api(ruleApi).list({ query: { filter: `id:${sigmaId}` } })
  return items.find(({ state }) => state === 'active')
}

test('a rule lives its life over two nodes: import, lint, trials, review, publish, ring, drift, roll back', {
  timeout: 180_000,
}, async () => {
  const lines = [1, 2, 3].map((n) => attackToolLine(`192.0.2.${n}`, Date.now()))
  await network.centre.feed('zeek', lines)
  await until('the records in the event store', patience, async () => {
    const range = { from: new Date(Date.now() - 3_600_000).toISOString() }
    const to = new Date(Date.now() + 60_000).toISOString()
    const { items } = await author
      .api(eventApi)
      .search({ query: { ...range, to, filter: 'sqlmap' } })
    return items.length === 3
  })

  const broken = { path: 'hong.yml', text: 'title: Hỏng\ndetection: {' }
  const lint = await library().lint({ body: { documents: [broken] } })
  expect(lint).toMatchObject({ rules: 0 })
  expect(lint.problems[0]).toMatchObject({ level: 'error', path: 'hong.yml' })

  const documents = [{ path, text: ruleText('sqlmap') }, broken]
  const imported = await library().import({ body: { documents } })
  expect(imported).toMatchObject({ created: 1, refused: 1 })
  const params = { id: imported.rules[0] ?? '' }

  const samples = [attackToolLine('198.51.100.9', Date.now()), '{"nothing":"here"}'].join('\n')
  const tried = await library().test({ body: { documents: [documents[0] ?? broken], samples } })
  expect(tried).toMatchObject({ lines: 2, fired: 1, hits: [{ line: 1, rule_id: sigmaId }] })
  expect(tried.misses).toMatchObject([{ line: 2, rule_id: sigmaId, because: 'logsource' }])

  const { id } = await library().startBackTest({ params, body: {} })
  const done = await until('the back-test', patience, async () => {
    const state = await library().backTest({ params: { id } })
    return state.ended_at === null ? undefined : state
  })
  expect(done).toMatchObject({ state: 'done', fired: 3, problem: null })
  await correlationTried(lines.join('\n'))

  await library().submit({ params })
  const approve = { version: 1, verdict: 'approved' as const }
  await expect(library().review({ params, body: approve })).rejects.toMatchObject({
    problem: { code: 'rule.own-review' },
  })
  const approved = await reviewer.api(ruleLibraryApi).review({ params, body: approve })
  expect(approved.status).toBe('approved')

  const first = await sets().publish({ body: { note: 'bản đầu' } })
  expect(first).toMatchObject({ number: 1, rules: 1, ring: null })
  const station = await driftOf(false)
  await sets().setRing({ params: { id: station.station_id }, body: { ring: 'canary' } })
  await sets().rollOut({ params: { number: '1' }, body: { ring: 'canary' } })
  expect(await inForce(false, 1)).toMatchObject({ ring: 'canary', active: 1, errors: 0 })
  expect(await driftOf(true)).toMatchObject({ wanted: null, state: 'none' })
  expect(await ruleAt(ministry)).toMatchObject({ path: expect.stringMatching(/^published\//) })
  expect(await ruleAt(network.centre)).toBeUndefined()

  await sets().rollOut({ params: { number: '1' }, body: { ring: 'general' } })
  await inForce(true, 1)
  expect(await ruleAt(network.centre)).toMatchObject({ path: expect.stringMatching(/^library\//) })

  await library().revise({ params, body: { text: ruleText('sqlmap/2') } })
  await library().submit({ params })
  await reviewer.api(ruleLibraryApi).review({ params, body: { version: 2, verdict: 'approved' } })
  await sets().publish({ body: {} })
  await sets().rollOut({ params: { number: '2' }, body: { ring: 'general' } })
  await inForce(false, 2)
  const second = await ruleAt(ministry)

  const back = await sets().rollBack({ params: { number: '1' }, body: { reason: 'sót' } })
  expect(back).toMatchObject({ number: 3, restores: 1, hash: first.hash })
  await inForce(false, 3)
  await inForce(true, 3)
  expect((await ruleAt(ministry))?.version).not.toBe(second?.version)

  const below = await ministry.api(journalApi).list({ query: { filter: 'type:rule-set.applied' } })
  expect(below.items).toHaveLength(3)
})

/** A correlation is tried with the rule of the library it names: at the record that completes it. */
async function correlationTried(samples: string): Promise<void> {
  const tried = await library().test({ body: { documents: [burst], samples } })
  expect(tried).toMatchObject({ fired: 1, hits: [{ line: 3, rule_id: burstId }], misses: [] })
  const { rules } = await library().import({ body: { documents: [burst] } })
  const params = { id: rules[0] ?? '' }
  const { id } = await library().startBackTest({ params, body: {} })
  const done = await until('the back-test of the correlation', patience, async () => {
    const state = await library().backTest({ params: { id } })
    return state.ended_at === null ? undefined : state
  })
  expect(done).toMatchObject({ state: 'done', fired: 1, problem: null })
  expect(done.hits[0]?.matches).toMatchObject([
    { field: 'event_count', pattern: expect.stringContaining('gte: 3') },
  ])
}

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { approvalApi } from '@haidang/contracts/approval-api'
import { type Client, createClient } from '@haidang/contracts/client'
import { LadderStep, type Order } from '@haidang/contracts/order'
import { orderApi } from '@haidang/contracts/order-api'
import { orderMatrixApi } from '@haidang/contracts/order-matrix-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { keyApi, personApi } from '@haidang/contracts/person-api'
import { stationApi } from '@haidang/contracts/station-api'
import { apiSender, Refusal, signedInSender } from '@haidang/haidang/api-sender'
import type { DemoNodePlan } from '@haidang/haidang/demo/demo-plan'
import { Dice } from '@haidang/replay/dice'
import { LinkAddressee } from './link-addressee.ts'
import type { LiveNode } from './live-node.ts'
import {
  addStation,
  centrePlan,
  ministryPlan,
  type Pair,
  password,
  provincePlan,
  startPair,
} from './pair.ts'
import { untilOrder } from './paper.ts'
import { until } from './until.ts'

interface OrderRunOptions {
  /** Addressees on a node of their own; the first is the ministry of the pair, a second is started. */
  readonly nodes: 1 | 2
  /** Addressees that speak nothing but the link. */
  readonly links: number
  /** Addressees whose focal point signs in. */
  readonly people: number
  /** Addressees whose own program calls the API with a key. */
  readonly programs: number
  readonly kills: number
  /** Chooses the moments; the same seed chooses the same. */
  readonly seed: number
  readonly say: (text: string) => void
}

interface Answering {
  readonly organisation_id: string
  climb(orderId: string): Promise<void>
}

const settling = 600_000
/** Organisations registered, joined or signed in at a time. */
const atOnce = 20
const hour = 3_600_000
/** Answers that ask to come back. */
const later: ReadonlySet<string> = new Set(['request.rate-limited', 'database.busy'])
const climbed = ['read', 'accepted', 'acting', 'completed'] as const
const whole = ['issued', 'delivered', ...climbed, 'verified', 'closed']

/**
 * An order to many, answered on nodes, over the bare link, in the portal and by API, while the centre is killed;
 * what was not acknowledged is said again. Every step of every ladder stands there exactly once, with its time.
 */
export async function orderRun(options: OrderRunOptions): Promise<Record<string, number>> {
  const { nodes, links, people, programs, kills, seed, say } = options
  say(`seed ${seed}`)
  await using pair = await startPair()
  const province = nodes === 2 ? await addStation(pair, provincePlan) : undefined
  const linked = await joinAddressees(pair, links)
  const ended = new AbortController()
  try {
    const answering = [
      await onNode(pair, pair.station, ministryPlan),
      ...(province ? [await onNode(pair, province, provincePlan)] : []),
      ...linked.map((one) => overLink(one, ended.signal)),
      ...(await many(people, (n) => inPortal(pair, n))),
      ...(await many(programs, (n) => byKey(pair, n))),
    ]
    const addressees = answering.length
    const id = await issue(
      pair,
      answering.map(({ organisation_id }) => organisation_id),
    )
    say(`issued to ${addressees}`)
    const began = performance.now()
    const killing = killAll(pair, kills, new Dice(seed), say)
    await Promise.all(answering.map((one) => one.climb(id)))
    say(`all have answered, ${secondsSince(began)} s`)
    await killing
    await close(pair, id)
    const seconds = secondsSince(began)
    return { addressees, kills, seconds, ...(await count(pair, id, addressees)) }
  } finally {
    ended.abort()
    for (const one of linked) one.close()
    await province?.stop()
  }
}

function secondsSince(began: number): number {
  return Math.round((performance.now() - began) / 1000)
}

/** So many of them, some at a time. */
async function many<T>(count: number, make: (n: number) => Promise<T>): Promise<T[]> {
  const made: T[] = []
  for (let from = 0; from < count; from += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, count - from) }, (_, i) => make(from + i))
    made.push(...(await Promise.all(some)))
  }
  return made
}

/** Organisations with a node of the conformance kit: each joins with a code of its own and is approved. */
async function joinAddressees({ centre }: Pair, count: number): Promise<LinkAddressee[]> {
  const stations = centre.api(stationApi)
  const shown = new Set<string>()
  const joining = await many(count, async (n) => {
    const organisation_id = await organisation(centre, `LK.${n}`)
    const { code } = await patiently(() => stations.createJoinCode({ body: { organisation_id } }))
    const directory = join(centre.directory, '..', 'addressees')
    // Resolves when an officer has approved: not waited for here.
    const waiting = (fingerprint: string) => void shown.add(fingerprint)
    return { joined: LinkAddressee.join({ n, code, directory, waiting }) }
  })
  await until('all to knock', settling, () => shown.size === count)
  const { items } = await stations.list({ query: { limit: 500, filter: 'state:pending' } })
  for (const { id, fingerprint } of items) {
    assert.ok(shown.has(fingerprint), 'the key is the one that was read out')
    await patiently(() => stations.approve({ params: { id } }))
  }
  return Promise.all(joining.map(({ joined }) => joined))
}

async function organisation(centre: LiveNode, code: string): Promise<string> {
  const body = { code, name: `Đơn vị nhận lệnh ${code}`, kind: 'enterprise' } as const
  const { id } = await patiently(() => centre.api(organisationApi).create({ body }))
  return id
}

/** All of them come from one address here, many at a time: who is told to come back later does. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof Refusal && later.has(error.problem.code))) throw error
      await pause(5_000)
    }
  }
}

/** An organisation that answers on its own node: there the order is addressed to that node's own organisation. */
async function onNode({ centre }: Pair, node: LiveNode, plan: DemoNodePlan): Promise<Answering> {
  const { items } = await centre.api(organisationApi).list({
    query: { filter: `code:${plan.organisation.code}` },
  })
  return {
    organisation_id: items[0]?.id ?? '',
    climb: async (id) => {
      // A parent that is killed every few seconds is often missed by a child that comes back ever later.
      await untilOrder(node, id, settling)
      await climb(() => node.api(orderApi), id)
    },
  }
}

function overLink(one: LinkAddressee, signal: AbortSignal): Answering {
  const steps = ['delivered', ...climbed] as const
  return { organisation_id: one.organisationId, climb: (id) => one.climb(id, steps, signal) }
}

async function inPortal({ centre }: Pair, n: number): Promise<Answering> {
  const organisation_id = await organisation(centre, `CT.${n}`)
  const email = `dau-moi-${n}@don-vi.example`
  const name = `Đầu mối ${n}`
  const body = { organisation_id, name, email, role_id: 'focal-point' as const, password }
  await patiently(() => centre.api(personApi).create({ body }))
  const send = await patiently(() => signedInSender(centre.access.url, email, password))
  const api = createClient(orderApi, send)
  return { organisation_id, climb: (id) => climb(() => api, id) }
}

async function byKey({ centre }: Pair, n: number): Promise<Answering> {
  const organisation_id = await organisation(centre, `KH.${n}`)
  const body = { name: `khóa ${n}`, organisation_id, role_id: 'focal-point' as const }
  const { secret } = await patiently(() => centre.api(keyApi).create({ body }))
  const api = createClient(orderApi, apiSender(centre.access.url, secret))
  return { organisation_id, climb: (id) => climb(() => api, id) }
}

/** Issues it by two persons, as an order to many must be. */
async function issue({ centre }: Pair, ids: readonly string[]): Promise<string> {
  const payload = {
    title: 'Lệnh cho nhiều đơn vị',
    situation: 'Thử nghiệm nhiều đơn vị trả lời cùng lúc',
    actions: [{ id: 'a1', kind: 'other' as const, text: 'Báo cáo tình hình' }],
    report_due_at: new Date(Date.now() + 24 * hour).toISOString(),
    addressees: ids.map((organisation_id) => ({ organisation_id })),
  }
  const { url } = centre.access
  const coordinator = centrePlan.people.find(({ role }) => role === 'coordinator')?.email ?? ''
  const asking = createClient(approvalApi, await signedInSender(url, coordinator, password))
  const act = { kind: 'order.issue' as const, payload }
  const asked = await asking.ask({ body: { act, reason: 'nhiều nơi nhận' } })
  const other = await signedInSender(url, centrePlan.administrator.email, password)
  const decided = await createClient(approvalApi, other).decide({
    params: { id: asked.id },
    body: { verdict: 'approved', digest: asked.digest },
  })
  return decided.outcome
}

async function killAll(
  { centre }: Pair,
  kills: number,
  dice: Dice,
  say: (text: string) => void,
): Promise<void> {
  for (let n = 0; n < kills; n++) {
    await pause(dice.between(1_000, 7_000))
    say(`kill ${n + 1} of ${kills}`)
    await centre.kill('main')
  }
}

/** Takes every step, again and again until the ladder says that it stands there. */
async function climb(api: () => Client<typeof orderApi>, id: string): Promise<void> {
  for (const step of climbed) {
    await until(`${step} of an addressee`, settling, async () => {
      const ladder = ladderOf(await patiently(() => api().get({ params: { id } })))
      if (rank(ladder.step) >= rank(step)) return true
      if (ladder.step === 'issued') {
        await pause(1_000)
        return false
      }
      const { organisation_id } = ladder
      const results = step === 'completed' ? [{ action_id: 'a1', outcome: 'done' as const }] : []
      await api()
        .answer({ params: { id }, body: { organisation_id, step, results } })
        .catch(unlessMoved)
      return false
    })
  }
}

/** The issuer closes everybody, some at a time; what a kill interrupted is said again. */
async function close({ centre }: Pair, id: string): Promise<void> {
  const coordinator = centrePlan.people.find(({ role }) => role === 'coordinator')?.email ?? ''
  await until('every ladder to be closed', settling, async () => {
    const { url } = centre.access
    const matrix = createClient(orderMatrixApi, await signedInSender(url, coordinator, password))
    const params = { id }
    const { items } = await matrix.addressees({
      params,
      query: { limit: 500, filter: 'step:completed' },
    })
    const organisations = items.map(({ organisation_id }) => organisation_id)
    if (organisations.length > 0) {
      await matrix.judgeMany({ params, body: { organisations, step: 'closed' } })
    }
    const { tally } = await centre.api(orderApi).get({ params })
    return tally.steps.closed === tally.addressees
  })
}

/** Reads every ladder back: each step once, in order, with a time no earlier than the one before. */
async function count({ centre }: Pair, id: string, addressees: number) {
  const matrix = centre.api(orderMatrixApi)
  let cursor: string | undefined
  let steps = 0
  let ladders = 0
  do {
    const page = await matrix.addressees({ params: { id }, query: { limit: 500, cursor } })
    for (const { organisation_name, entries } of page.items) {
      assert.deepEqual(
        entries.map(({ step }) => step),
        whole,
        organisation_name,
      )
      const times = entries.map(({ time }) => time)
      assert.deepEqual(times, times.toSorted(), organisation_name)
      steps += entries.length
    }
    ladders += page.items.length
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  assert.equal(ladders, addressees)
  return { ladders, steps }
}

function ladderOf({ addressees }: Order) {
  const [ladder] = addressees
  if (!ladder) throw new Error('the addressee sees no ladder')
  return ladder
}

function rank(step: LadderStep): number {
  return LadderStep.options.indexOf(step)
}

/** A step that was recorded before its answer got lost is refused the second time. */
function unlessMoved(error: unknown): void {
  if (error instanceof Refusal && error.problem.code === 'order.illegal-step') return
  throw error
}

import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { approvalApi } from '@haidang/contracts/approval-api'
import { type Client, createClient } from '@haidang/contracts/client'
import { LadderStep, type Order } from '@haidang/contracts/order'
import { orderApi } from '@haidang/contracts/order-api'
import { orderMatrixApi } from '@haidang/contracts/order-matrix-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { keyApi } from '@haidang/contracts/person-api'
import { apiSender, Refusal, signedInSender } from '@haidang/haidang/api-sender'
import { Dice } from '@haidang/replay/dice'
import { centrePlan, ministryPlan, type Pair, password, startPair } from './pair.ts'
import { untilOrder } from './paper.ts'
import { until } from './until.ts'

interface OrderRunOptions {
  /** Organisations addressed; one of them answers from a node of its own. */
  readonly addressees: number
  readonly kills: number
  /** Chooses the moments; the same seed chooses the same. */
  readonly seed: number
  readonly say: (text: string) => void
}

interface Answering {
  readonly organisation_id: string
  api(): Client<typeof orderApi>
}

const settling = 600_000
const hour = 3_600_000
const climbed = ['read', 'accepted', 'acting', 'completed'] as const
const whole = ['issued', 'delivered', ...climbed, 'verified', 'closed']

/**
 * An order to many, answered by all of them over the API and by one over the link, while the centre is killed;
 * what was not acknowledged is said again. Every step of every ladder stands there exactly once, with its time.
 */
export async function orderRun(options: OrderRunOptions): Promise<Record<string, number>> {
  const { addressees, kills, seed, say } = options
  say(`seed ${seed}`)
  await using pair = await startPair()
  const people = await register(pair, addressees - 1)
  const linked = await ministryAt(pair)
  const id = await issue(pair, [
    linked.organisation_id,
    ...people.map((one) => one.organisation_id),
  ])
  say(`issued to ${addressees}`)
  const began = performance.now()
  const killing = killAll(pair, kills, new Dice(seed), say)
  await untilOrder(pair.station, id)
  await Promise.all([linked, ...people].map((one) => climb(one, id)))
  await killing
  await close(pair, id)
  const seconds = Math.round((performance.now() - began) / 1000)
  return { addressees, kills, seconds, ...(await count(pair, id, addressees)) }
}

async function register(pair: Pair, count: number): Promise<Answering[]> {
  const { centre } = pair
  const people: Answering[] = []
  for (let n = 0; n < count; n++) {
    const body = { code: `LENH.${n}`, name: `Đơn vị nhận lệnh ${n}`, kind: 'enterprise' } as const
    const { id: organisation_id } = await centre.api(organisationApi).create({ body })
    const { secret } = await centre.api(keyApi).create({
      body: { name: `khóa ${n}`, organisation_id, role_id: 'focal-point' },
    })
    const api = () => createClient(orderApi, apiSender(centre.access.url, secret))
    people.push({ organisation_id, api })
  }
  return people
}

/** The ministry, which answers on its own node: there the order is addressed to that node's own organisation. */
async function ministryAt({ centre, station }: Pair): Promise<Answering> {
  const { items } = await centre.api(organisationApi).list({
    query: { filter: `code:${ministryPlan.organisation.code}` },
  })
  const organisation_id = items[0]?.id ?? ''
  return { organisation_id, api: () => station.api(orderApi) }
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
async function climb({ api }: Answering, id: string): Promise<void> {
  for (const step of climbed) {
    await until(`${step} of an addressee`, settling, async () => {
      const ladder = ladderOf(await api().get({ params: { id } }))
      if (rank(ladder.step) >= rank(step)) return true
      if (ladder.step === 'issued') return false
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

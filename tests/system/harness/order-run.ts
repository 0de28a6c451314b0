import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { approvalApi } from '@haidang/contracts/approval-api'
import { createClient } from '@haidang/contracts/client'
import { orderApi } from '@haidang/contracts/order-api'
import { orderMatrixApi } from '@haidang/contracts/order-matrix-api'
import { signedInSender } from '@haidang/haidang/api-sender'
import { Dice } from '@haidang/replay/dice'
import { openMailBox } from '@haidang/testbed/mail-box'
import {
  byKey,
  byMail,
  climbed,
  inPortal,
  joinAddressees,
  many,
  onNode,
  overLink,
  settling,
} from './order-addressees.ts'
import {
  addStation,
  centrePlan,
  ministryPlan,
  type Pair,
  password,
  provincePlan,
  startPair,
} from './pair.ts'
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
  /** Addressees who answer by the link in a mail. */
  readonly mails: number
  readonly kills: number
  /** Chooses the moments; the same seed chooses the same. */
  readonly seed: number
  readonly say: (text: string) => void
}

const hour = 3_600_000
const whole = ['issued', 'delivered', ...climbed, 'verified', 'closed']
const publicUrl = 'https://soc.test'

/**
 * An order to many, answered on nodes, over the bare link, in the portal, by API and by mail, while the centre is killed;
 * what was not acknowledged is said again. Every step of every ladder stands there exactly once, with its time.
 */
export async function orderRun(options: OrderRunOptions): Promise<Record<string, number>> {
  const { nodes, links, people, programs, mails, kills, seed, say } = options
  say(`seed ${seed}`)
  const box = await openMailBox()
  await using pair = await startPair({}, { port: box.port, publicUrl })
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
      ...(await many(mails, (n) => byMail(pair, n, { box, publicUrl }))),
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
    await box.close()
  }
}

function secondsSince(began: number): number {
  return Math.round((performance.now() - began) / 1000)
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

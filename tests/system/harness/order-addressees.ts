import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { answerLinkApi } from '@haidang/contracts/answer-link'
import { type Client, createClient } from '@haidang/contracts/client'
import { contactApi } from '@haidang/contracts/contact-point'
import { LadderStep, type Order } from '@haidang/contracts/order'
import { orderApi } from '@haidang/contracts/order-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { keyApi, personApi } from '@haidang/contracts/person-api'
import { stationApi } from '@haidang/contracts/station-api'
import { apiSender, Refusal, signedInSender } from '@haidang/haidang/api-sender'
import type { DemoNodePlan } from '@haidang/haidang/demo/demo-plan'
import type { MailBox } from '@haidang/testbed/mail-box'
import { LinkAddressee } from './link-addressee.ts'
import type { LiveNode } from './live-node.ts'
import { type Pair, password } from './pair.ts'
import { untilOrder } from './paper.ts'
import { until } from './until.ts'

/** One that is told to answer, and climbs its ladder by its own way. */
export interface Answering {
  readonly organisation_id: string
  climb(orderId: string): Promise<void>
}

/** Longest wait for one of many, in milliseconds: the parent is killed every few seconds meanwhile. */
export const settling = 600_000
/** The mails of the centre, and how its links begin. */
export interface Post {
  readonly box: MailBox
  readonly publicUrl: string
}

/** What is said by mail; a step it passes over stands on the ladder all the same. */
const mailed = ['read', 'accepted', 'completed'] as const
type Mailed = (typeof mailed)[number]

/** Organisations registered, joined or signed in at a time. */
const atOnce = 20
/** Answers that ask to come back. */
const later: ReadonlySet<string> = new Set(['request.rate-limited', 'database.busy'])
export const climbed = ['read', 'accepted', 'acting', 'completed'] as const

/** So many of them, some at a time. */
export async function many<T>(count: number, make: (n: number) => Promise<T>): Promise<T[]> {
  const made: T[] = []
  for (let from = 0; from < count; from += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, count - from) }, (_, i) => make(from + i))
    made.push(...(await Promise.all(some)))
  }
  return made
}

/** Organisations with a node of the conformance kit: each joins with a code of its own and is approved. */
export async function joinAddressees({ centre }: Pair, count: number): Promise<LinkAddressee[]> {
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
export async function onNode(
  { centre }: Pair,
  node: LiveNode,
  plan: DemoNodePlan,
): Promise<Answering> {
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

export function overLink(one: LinkAddressee, signal: AbortSignal): Answering {
  const steps = ['delivered', ...climbed] as const
  return {
    organisation_id: one.organisationId,
    climb: (id) => one.climb(id, steps, signal),
  }
}

export async function inPortal({ centre }: Pair, n: number): Promise<Answering> {
  const organisation_id = await organisation(centre, `CT.${n}`)
  const email = `dau-moi-${n}@don-vi.example`
  const name = `Đầu mối ${n}`
  const body = { organisation_id, name, email, role_id: 'focal-point' as const, password }
  await patiently(() => centre.api(personApi).create({ body }))
  const send = await patiently(() => signedInSender(centre.access.url, email, password))
  const api = createClient(orderApi, send)
  return { organisation_id, climb: (id) => climb(() => api, id) }
}

export async function byKey({ centre }: Pair, n: number): Promise<Answering> {
  const organisation_id = await organisation(centre, `KH.${n}`)
  const body = { name: `khóa ${n}`, organisation_id, role_id: 'focal-point' as const }
  const { secret } = await patiently(() => centre.api(keyApi).create({ body }))
  const api = createClient(orderApi, apiSender(centre.access.url, secret))
  return { organisation_id, climb: (id) => climb(() => api, id) }
}

/** A focal point who has nothing but the mail: what they answer follows the link in it. */
export async function byMail(pair: Pair, n: number, { box, publicUrl }: Post): Promise<Answering> {
  const { centre } = pair
  const organisation_id = await organisation(centre, `TH.${n}`)
  const email = `truc-ban-${n}@don-vi.example`
  const contact = { purpose: 'duty' as const, name: `Trực ban ${n}`, email }
  const params = { id: organisation_id }
  await patiently(() => centre.api(contactApi).add({ params, body: contact }))
  const link = new RegExp(`${publicUrl}/answer#(\\S+)`)
  return {
    organisation_id,
    climb: async () => {
      // A mail that is sent again after a kill has the same link: each one that came holds.
      const token = await until(`the mail to ${email}`, settling, async () => {
        return (await box.newest(email))?.match(link)?.[1]
      })
      for (const answer of mailed) await answerByLink(pair, token, answer)
    },
  }
}

/** Says one thing by the link until it is known to stand: the same request again changes nothing. */
async function answerByLink({ centre }: Pair, token: string, answer: Mailed): Promise<void> {
  const body = {
    token,
    request_id: randomUUID(),
    answer,
    results: answer === 'completed' ? [{ action_id: 'a1', outcome: 'done' as const }] : [],
  }
  await until(`${answer} by mail`, settling, async () => {
    const links = createClient(answerLinkApi, apiSender(centre.access.url))
    await patiently(() => links.answer({ body }))
    return true
  })
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

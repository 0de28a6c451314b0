import { createClient } from '@haidang/contracts/client'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { setupApi } from '@haidang/contracts/person-api'
import { ruleLibraryApi } from '@haidang/contracts/rule-library-api'
import type { RuleSetContent, RuleSetReport } from '@haidang/contracts/rule-set'
import { ruleSetApi } from '@haidang/contracts/rule-set-api'
import type { EnvelopeDraft } from '@haidang/link/envelopes/post'
import { localStation } from '@haidang/link/parent/local-station'
import { systemScope } from '@haidang/runtime/database/database'
import { createJournal } from '@haidang/runtime/journal-log'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DeliveryService } from '../src/modules/rollouts/delivery-service.ts'
import { RuleSetStore } from '../src/modules/rollouts/rule-set-store.ts'
import { ruleText } from './access-drafts.ts'
import { keyFor, password, senderOf } from './access-holding.ts'
import { type CentreNode, centreNode, localToken } from './centre-node.ts'
import { caller } from './doing.ts'

interface Sent {
  readonly node: string
  readonly contents: readonly RuleSetContent[]
  readonly draft: EnvelopeDraft
}

let node: CentreNode
let delivery: DeliveryService
let reviewer: string
let station: { id: string; node_id: string }
const sent: Sent[] = []

beforeAll(async () => {
  node = await centreNode()
  await createClient(setupApi, senderOf(node)).complete({
    body: {
      token: (await node.setup.token()) ?? '',
      language: 'vi',
      node_name: 'Trung tâm',
      organisation: { code: 'TT', name: 'Trung tâm', kind: 'national_centre' },
      administrator: { name: 'A', email: 'a@tt.example', password },
    },
  })
  const home = (await node.home())?.id ?? ''
  reviewer = await keyFor(node, home, 'analyst')
  delivery = new DeliveryService({
    database: node.database,
    store: new RuleSetStore(),
    clock: node.clock,
    simulated: true,
    journal: createJournal(node),
    home: async () => home,
    toOwn: async () => undefined,
    toStation: async (_tx, to, contents, draft) => void sent.push({ node: to, contents, draft }),
  })
  station = await addStation()
}, 60_000)
afterAll(() => node?.[Symbol.asyncDispose]())

const library = (secret = localToken) => createClient(ruleLibraryApi, senderOf(node, secret))
const sets = () => createClient(ruleSetApi, senderOf(node, localToken))
const whole = caller('org_x')

async function addStation() {
  const made = await createClient(organisationApi, senderOf(node, localToken)).create({
    body: { code: 'BO', name: 'Bộ', kind: 'ministry' },
  })
  const child = {
    id: node.newId('node'),
    name: 'Trạm',
    software: 'test',
    capabilities: [],
    simulated: true,
  }
  const id = node.newId('station')
  const row = localStation(id, child, made.id, node.clock.iso())
  await node.database.transact(systemScope, (tx) =>
    node.parent.stations.add(tx, { ...row, local: false, accepted_fingerprint: 'aa:bb' }),
  )
  return { id, node_id: child.id }
}

/** Publishes a further rule and rolls the set out to everybody; its number. */
async function publish(n: number): Promise<number> {
  const document = { path: `${n}.yml`, text: ruleText(n) }
  const { rules } = await library().import({ body: { documents: [document] } })
  const params = { id: rules[0] ?? '' }
  await library().submit({ params })
  await library(reviewer).review({ params, body: { version: 1, verdict: 'approved' } })
  const { number } = await sets().publish({ body: {} })
  await sets().rollOut({ params: { number }, body: { ring: 'general' } })
  return number
}

function answer(type: 'rules.applied' | 'rules.refused', data: Partial<RuleSetReport>) {
  const report = { number: 1, hash: '', active: 1, errors: 0, problem: null, ...data }
  const envelope = { type, data: report } as Parameters<DeliveryService['fromStation']>[2]
  return node.database.transact(systemScope, (tx) =>
    delivery.fromStation(tx, { station_id: station.id }, envelope),
  )
}

const drift = async () => (await delivery.drift(whole, { limit: 10 })).items[0]
const hashOf = async (number: number) => (await sets().get({ params: { number } })).hash

test('a station is given what is for its ring, once, and afterwards only what it lacks', async () => {
  expect(await delivery.deliver()).toBe(0)
  const first = await publish(1)
  expect(await delivery.deliver()).toBe(1)
  expect(await delivery.deliver()).toBe(0)
  expect(sent[0]).toMatchObject({
    node: station.node_id,
    contents: [{ file: { text: ruleText(1) } }],
    draft: { type: 'rules.published', data: { number: first } },
  })
  expect(await drift()).toMatchObject({ state: 'sent', wanted: first, assigned: first })

  await answer('rules.applied', { number: first, hash: await hashOf(first) })
  expect(await drift()).toMatchObject({ state: 'in_force', reported: first, active: 1 })

  const second = await publish(2)
  await delivery.deliver()
  expect(sent[1]?.contents.map(({ file }) => file.text)).toEqual([ruleText(2)])
  expect(sent[1]?.draft.data).toMatchObject({ number: second, files: [{}, {}] })

  // Its disk was replaced meanwhile: it says so, and gets everything, once.
  await answer('rules.refused', { number: second, problem: 'files-missing: 1 of 2' })
  await delivery.deliver()
  expect(sent[2]?.contents).toHaveLength(2)
  await answer('rules.refused', { number: second, problem: 'files-missing: 1 of 2' })
  expect(await delivery.deliver()).toBe(0)
  expect(await drift()).toMatchObject({ state: 'refused', problem: 'files-missing: 1 of 2' })
})

test('a station that says it has something else has drifted', async () => {
  const number = await publish(3)
  await delivery.deliver()
  await answer('rules.applied', { number, hash: 'another' })
  expect(await drift()).toMatchObject({ state: 'drifted', reported: number })
  await answer('rules.applied', { number, hash: await hashOf(number) })
  expect(await drift()).toMatchObject({ state: 'in_force' })
})

test('an answer to a set that was never given is refused', async () => {
  await expect(answer('rules.applied', { number: 99 })).rejects.toThrow(
    expect.objectContaining({ code: 'rule-set.not-found' }),
  )
})

test('a canary has the new set while the others keep the old', async () => {
  const before = (await drift())?.assigned
  await delivery.setRing(whole, station.id, 'early')
  const document = { path: '4.yml', text: ruleText(4) }
  const { rules } = await library().import({ body: { documents: [document] } })
  const params = { id: rules[0] ?? '' }
  await library().submit({ params })
  await library(reviewer).review({ params, body: { version: 1, verdict: 'approved' } })
  const { number } = await sets().publish({ body: {} })
  await sets().rollOut({ params: { number }, body: { ring: 'canary' } })
  expect(await delivery.deliver()).toBe(0)
  expect(await drift()).toMatchObject({ ring: 'early', wanted: before })
  await delivery.setRing(whole, station.id, 'canary')
  expect(await delivery.deliver()).toBe(1)
  expect(await drift()).toMatchObject({ ring: 'canary', wanted: number, assigned: number })
})

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '@haidang/contracts/client'
import type { Api, Endpoint } from '@haidang/contracts/endpoint'
import { Permission } from '@haidang/contracts/permission'
import { personApi, setupApi } from '@haidang/contracts/person-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { everything, type Holding, hold, keyFor, password, senderOf } from './access-holding.ts'
import { type Sample, samples } from './access-samples.ts'
import { type CentreNode, centreNode, localToken } from './centre-node.ts'

/** Tables whose endpoints the station part of a node serves; its own tests ask the same of them. */
const ofTheStation = ['sourceApi', 'releaseApi', 'archiveApi', 'ruleApi']

async function endpoints(): Promise<[string, Endpoint][]> {
  const directory = join(import.meta.dirname, '../../contracts/src')
  const files = readdirSync(directory).filter((file) => /(?<!\.test)\.ts$/.test(file))
  const modules = await Promise.all(files.map((file) => import(join(directory, file))))
  const tables = modules.flatMap((module: object) =>
    Object.entries(module).filter(([name]) => name.endsWith('Api')),
  )
  return tables
    .filter(([name]) => !ofTheStation.includes(name))
    .flatMap(([table, api]: [string, Api]) =>
      Object.entries(api).map(([name, endpoint]): [string, Endpoint] => [
        `${table}.${name}`,
        endpoint,
      ]),
    )
}

interface Holder {
  readonly role: string
  readonly permissions: readonly string[]
  readonly bound: boolean
  readonly secret: string
}

const all = await endpoints()
let node: CentreNode
let own: Holding
let foreign: Holding
let holders: Holder[]

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
  await node.database.asOwner(
    `insert into role (id, name_vi, name_en, clearance, scope, permissions) values ($1, 'x', 'x', 'red', 'organisation', $2)`,
    [everything, JSON.stringify(Permission.options)],
  )
  own = await hold(node, 1)
  foreign = await hold(node, 2)
  const people = createClient(personApi, senderOf(node, localToken))
  const { items } = await people.roles({ query: { limit: 100 } })
  holders = await Promise.all(
    items.map(async ({ id, permissions, scope }) => ({
      role: id,
      permissions,
      bound: scope === 'organisation',
      secret: await keyFor(node, own.organisation, id),
    })),
  )
}, 120_000)

afterAll(() => node[Symbol.asyncDispose]())

async function call(endpoint: Endpoint, sample: Sample, secret?: string) {
  const filled = endpoint.path.replace(/:(\w+)/g, (_, name) => sample.params?.[name] ?? '')
  const query = new URLSearchParams(sample.query).toString()
  const reply = await node.http.inject({
    method: endpoint.method,
    url: query ? `${filled}?${query}` : filled,
    headers: secret ? { authorization: `Bearer ${secret}` } : {},
    ...(sample.body === undefined ? {} : { payload: sample.body as object }),
  })
  const isJson = /^application\/(problem\+)?json/.test(String(reply.headers['content-type']))
  const { code = '' } = isJson ? reply.json() : {}
  return { status: reply.statusCode, code: String(code), text: reply.body }
}

function sampleOf(name: string, of: Holding): Sample {
  const sample = samples[name]
  if (!sample) throw new Error(`say in access-samples.ts how ${name} is called`)
  return sample(of, node)
}

test('every endpoint of every table is served, and none beside them', () => {
  const written = all.map(([, { method, path }]) => `${method} ${path}`).sort()
  const served = node.http.served.map(({ method, path }) => `${method} ${path}`).sort()
  expect(served).toEqual(written)
})

test('the roles seeded are those the documents name', () => {
  expect(holders.map(({ role }) => role).sort()).toEqual([
    'administrator',
    'analyst',
    'coordinator',
    everything,
    'focal-point',
    'leader',
    'station-operator',
    'watch-officer',
  ])
})

/** Nothing to ask of an endpoint that needs no permission. */
function holdersWith(permission: Endpoint['permission']): Holder[] {
  return holders.filter(({ permissions }) => permissions.includes(permission))
}

function holdersWithout(permission: Endpoint['permission']): Holder[] {
  if (permission === 'public' || permission === 'signed-in') return []
  return holders.filter(({ permissions }) => !permissions.includes(permission))
}

describe.each(all)('%s', (name, endpoint) => {
  const { permission } = endpoint

  test('asks who is there', async () => {
    const { status, code } = await call(endpoint, sampleOf(name, own))
    if (permission === 'public') expect(code).not.toBe('session.required')
    else expect({ status, code }).toEqual({ status: 401, code: 'session.required' })
  })

  test('is refused to every role without its permission', async () => {
    for (const { role, secret } of holdersWithout(permission)) {
      for (const of of [own, foreign]) {
        const { status, code } = await call(endpoint, sampleOf(name, of), secret)
        expect({ role, status, code }).toEqual({ role, status: 403, code: 'permission.missing' })
      }
    }
  })

  test('shows nothing of another organisation to a role bound to its own', async () => {
    for (const { role, secret } of holdersWith(permission).filter(({ bound }) => bound)) {
      const sample = sampleOf(name, foreign)
      const { status, text } = await call(endpoint, sample, secret)
      if (!sample.names) expect({ role, status, text }).toMatchObject({ role, status: 404 })
      // A refusal may repeat what was asked for; it tells nothing that was not known.
      if (status < 400) for (const id of Object.values(foreign)) expect(text).not.toContain(id)
    }
  })

  test('is there for every role with its permission, about its own', async () => {
    for (const { role, secret, bound } of holdersWith(permission)) {
      const sample = sampleOf(name, own)
      const { status, code } = await call(endpoint, sample, secret)
      expect({ role, code, fault: status >= 500 }).toMatchObject({ role, fault: false })
      // What concerns the whole node a bound role may be refused, whatever its permissions.
      const refusals = bound ? ['session.required'] : ['session.required', 'permission.missing']
      expect(refusals, role).not.toContain(code)
      if (!sample.names) expect({ role, status }).not.toEqual({ role, status: 404 })
    }
  })
})

import { archiveApi } from '@haidang/contracts/archive-api'
import { backupApi } from '@haidang/contracts/backup-api'
import type { Api, Endpoint } from '@haidang/contracts/endpoint'
import { organisationApi } from '@haidang/contracts/organisation-api'
import type { Role } from '@haidang/contracts/person'
import { keyApi, personApi } from '@haidang/contracts/person-api'
import { releaseApi } from '@haidang/contracts/release-api'
import { ruleApi } from '@haidang/contracts/rule-api'
import { sourceApi } from '@haidang/contracts/source-api'
import { type TestNetwork, testNetwork } from '@haidang/testbed/test-network'
import { afterAll, beforeAll, expect, test } from 'vitest'

// The station part's endpoints × every role × own and foreign organisation × nobody; the centre's are walked in its package.
const endpoints = [sourceApi, releaseApi, archiveApi, ruleApi, backupApi].flatMap((api: Api) =>
  Object.values(api),
)
const nobodysId = 'src_00000000-0000-7000-8000-000000000000'

let network: TestNetwork
let roles: Role[]
const secrets = new Map<string, string>()

beforeAll(async () => {
  network = await testNetwork({ stations: [] })
  const { centre } = network
  roles = (await centre.api(personApi).roles({ query: {} })).items
  const foreign = await centre.api(organisationApi).create({
    body: { code: 'X.NGOAI', name: 'Đơn vị ngoài', kind: 'other' },
  })
  for (const { id } of roles) {
    for (const [whose, organisation_id] of [
      ['own', centre.organisation_id],
      ['foreign', foreign.id],
    ] as const) {
      const body = { organisation_id, role_id: id, name: `${id} ${whose}` }
      const { secret } = await centre.api(keyApi).create({ body })
      secrets.set(`${id} ${whose}`, secret)
    }
  }
}, 120_000)
afterAll(() => network?.[Symbol.asyncDispose]())

async function call({ method, path }: Endpoint, secret: string | undefined): Promise<Response> {
  const url = new URL(path.replace(/:id/, nobodysId), network.centre.access.url)
  return await fetch(url, {
    method,
    headers: {
      ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
      ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
    },
    ...(method === 'GET' || method === 'DELETE' ? {} : { body: '{}' }),
  })
}

test.each(endpoints)('$method $path answers nobody with 401', async (endpoint) => {
  expect((await call(endpoint, undefined)).status).toBe(401)
  expect((await call(endpoint, 'hd_0123456789abcdef0123456789abcdef')).status).toBe(401)
})

test.each(endpoints)(
  '$method $path refuses every role without its permission',
  async (endpoint) => {
    for (const { id, permissions } of roles) {
      for (const whose of ['own', 'foreign']) {
        const { status } = await call(endpoint, secrets.get(`${id} ${whose}`))
        const may = permissions.some((permission) => permission === endpoint.permission)
        if (may) expect([200, 400, 404], `${id} ${whose}`).toContain(status)
        else expect(status, `${id} ${whose}`).toBe(403)
      }
    }
  },
)

test('a role that sees one organisation sees no source of another', async () => {
  const bound = roles.filter(
    ({ scope, permissions }) => scope === 'organisation' && permissions.includes('source.read'),
  )
  for (const { id } of bound) {
    const list = await call(sourceApi.list, secrets.get(`${id} foreign`))
    expect(await list.json()).toMatchObject({ items: [] })
  }
})

import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { type ApiKey, type ApiKeyDraft, ApiKeyDraft as Draft } from '@haidang/contracts/person'
import type { ServiceAccount } from '@haidang/contracts/service-account'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeLocalAccess } from '../local-access.ts'
import { createProgram } from '../program.ts'

const [org, other] = [
  'org_0198c0de-0000-7000-8000-000000000001',
  'org_0198c0de-0000-7000-8000-000000000002',
]
const person = 'usr_0198c0de-0000-7000-8000-000000000001'
const at = '2026-01-01T00:00:00.000Z'
const account = (n: number, name: string, organisation_id: string): ServiceAccount => ({
  id: `sva_0198c0de-0000-7000-8000-00000000000${n}`,
  name,
  organisation_id,
  purpose: 'thử',
  role_id: 'analyst',
  owner_id: person,
  owner_name: 'An',
  needs_owner: false,
  disabled: false,
  open_keys: 0,
  last_used_at: null,
  created_at: at,
  updated_at: at,
})
const accounts = [account(1, 'SIEM', org), account(2, 'Cổng', org), account(3, 'Cổng', other)]

let data: string
let asked: ApiKeyDraft[]
/** What a node answers that knows these accounts and takes what the contract takes. */
const server = createServer(async (request, response) => {
  const answer = async () => {
    if (request.method === 'GET') return { items: accounts, next: null }
    const draft = Draft.parse(await json(request))
    asked.push(draft)
    const key: ApiKey = {
      ...draft,
      id: 'key_0198c0de-0000-7000-8000-000000000001',
      account_name: 'SIEM',
      created_at: at,
      last_used_at: null,
      last_used_address: null,
      revoked_at: null,
    }
    return { key, secret: 'hd_secret' }
  }
  response.setHeader('content-type', 'application/json').end(JSON.stringify(await answer()))
})
beforeEach(async () => {
  asked = []
  data = await mkdtemp(join(tmpdir(), 'key-'))
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const access = { url, token: 'hdl_x', pid: process.pid, setup_token: null, listeners: {} }
  await writeLocalAccess(data, access)
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
  await rm(data, { recursive: true })
})

async function create(...words: string[]) {
  const out: string[] = []
  const io = {
    out: (text: string) => void out.push(text),
    err: () => undefined,
    dataDirectory: data,
    environment: {},
  }
  const program = await createProgram(io, new AbortController().signal)
  await program.parseAsync(['node', 'haidang', 'key', 'create', ...words])
  return out
}

test('a key of a service account is of its organisation and role, with the scopes that are named', async () => {
  const scopes = ['--scope', 'alert.read', '--scope', 'incident.read']
  const more = ['--expires', '2027-01-31T00:00:00Z', '--address', '192.0.2.0/24']
  expect(await create('--account', 'SIEM', ...scopes, ...more)).toEqual(['hd_secret'])
  expect(asked).toEqual([
    {
      account_id: accounts[0]?.id,
      organisation_id: org,
      role_id: 'analyst',
      name: 'command line',
      scopes: ['alert.read', 'incident.read'],
      expires_at: '2027-01-31T00:00:00Z',
      addresses: ['192.0.2.0/24'],
    },
  ])
})

test('a name two organisations have needs the organisation, one nobody has is told', async () => {
  await expect(create('--account', 'Cổng')).rejects.toThrow('Several organisations have Cổng')
  await expect(create('--account', 'Không có')).rejects.toThrow('No service account is called')
  await expect(create('--role', 'analyst')).rejects.toThrow('Name --organisation and --role')
  await create('--account', 'Cổng', '--organisation', other)
  expect(asked).toMatchObject([{ account_id: accounts[2]?.id, organisation_id: other }])
})

test('a scope that is no permission makes no key', async () => {
  await expect(create('--account', 'SIEM', '--scope', 'alert.everything')).rejects.toThrow(
    'not a permission',
  )
  expect(asked).toEqual([])
})

import { createClient } from '@haidang/contracts/client'
import { journalApi } from '@haidang/contracts/journal-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { setupApi } from '@haidang/contracts/person-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everything, keyFor, password, senderOf } from './access-holding.ts'
import { type CentreNode, centreNode, localToken } from './centre-node.ts'

let node: CentreNode
let other: string

beforeAll(async () => {
  node = await centreNode()
  await createClient(setupApi, senderOf(node)).complete({
    body: {
      token: (await node.setup.token()) ?? '',
      language: 'vi',
      node_name: 'Trung tâm',
      organisation: { code: 'TT', name: 'Trung tâm', kind: 'national_centre' },
      administrator: { name: 'Quản trị', email: 'a@tt.example', password },
    },
  })
  const organisations = createClient(organisationApi, senderOf(node, localToken))
  const made = await organisations.create({ body: { code: 'BB', name: 'Bộ Bê', kind: 'ministry' } })
  other = made.id
}, 60_000)
afterAll(() => node[Symbol.asyncDispose]())

const journal = (secret = localToken) => createClient(journalApi, senderOf(node, secret))

test('a check says what it found, to the end in the journal too, and names an altered entry', async () => {
  expect(await journal().check({})).toMatchObject({ state: 'none' })
  const whole = await journal().verify({ body: {} })
  expect(whole).toMatchObject({ state: 'done', started_by: 'haidang', report: { intact: true } })
  const { items } = await journal().list({ query: { filter: 'type:journal.verified' } })
  expect(items[0]).toMatchObject({ after: { intact: true }, actor_id: 'local' })
  await node.database.asOwner("update journal set reason = reason || '!' where seq = 2")
  const broken = await journal().verify({ body: {} })
  expect(broken.report).toMatchObject({ intact: false, broken: { fault: 'altered', seq: 2 } })
  expect(await journal().check({})).toEqual(broken)
  expect((await journal().verify({ body: { since: 3 } })).report).toMatchObject({ broken_at: 2 })
  expect((await journal().verify({ body: { since: 4 } })).report).toMatchObject({ intact: true })
  await node.database.asOwner('update journal set reason = left(reason, -1) where seq = 2')
})

test('of two who ask for a check at once one is told that it runs', async () => {
  const asked = await Promise.allSettled([
    journal().verify({ body: {} }),
    journal().verify({ body: {} }),
  ])
  const refused = asked.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))
  expect(refused).toEqual([expect.stringContaining('journal.check-running')])
})

test('a check is not for whoever sees one organisation only', async () => {
  await node.database.asOwner(
    `insert into role (id, name_vi, name_en, clearance, scope, permissions) values ($1, 'x', 'x', 'red', 'organisation', '["audit.read"]')`,
    [everything],
  )
  const bound = await keyFor(node, other, everything)
  await expect(journal(bound).verify({ body: {} })).rejects.toThrow('permission.missing')
  await expect(journal(bound).check({})).rejects.toThrow('permission.missing')
})

async function exported(format: string, secret = localToken, filter = '') {
  const url = `/api/v1/journal/export?${new URLSearchParams({ format, filter })}`
  const headers = { authorization: `Bearer ${secret}` }
  return node.http.inject({ method: 'GET', url, headers })
}

test('an export holds every entry a filter finds, no formula, and is itself an entry', async () => {
  const organisations = createClient(organisationApi, senderOf(node, localToken))
  const name = '=HYPERLINK("http://x.example")'
  const made = await organisations.create({ body: { code: 'XX', name, kind: 'other' } })
  await node.database.asOwner(
    `insert into journal select 1000 + n, 'jrn_' || n, now(), 'incident.noted', $1, 0, 'usr_1', '=1+1', 'x', 'inc_' || n, '[]', '', null, null, '', 'h' || n
     from generate_series(1, 1201) n`,
    [other],
  )
  const lines = (await exported('jsonl', localToken, 'type:incident.noted')).body
    .trimEnd()
    .split('\n')
  expect(lines.map((line) => JSON.parse(line).seq)).toEqual(
    Array.from({ length: 1201 }, (_, n) => 2201 - n),
  )
  const sheet = await exported('csv', localToken, 'type:incident.noted subject:inc_7')
  expect(sheet.headers['content-disposition']).toContain('journal.csv')
  expect(sheet.body.split('\r\n')[1]).toContain(",'=1+1,")
  const bound = await keyFor(node, other, everything)
  const own = (await exported('jsonl', bound)).body.trimEnd().split('\n')
  expect(new Set(own.map((line) => JSON.parse(line).organisation_id))).toEqual(new Set([other]))
  expect((await exported('jsonl', bound, `organisation_id:${made.id}`)).body).toBe('')
  const { items } = await journal().list({ query: { filter: 'type:journal.exported' } })
  expect(items.map(({ after }) => after)).toContainEqual({
    format: 'csv',
    filter: 'type:incident.noted subject:inc_7',
  })
  expect((await exported('csv', localToken, 'nothing:x')).statusCode).toBe(400)
})

test('free text finds who, what and why without tone marks', async () => {
  const found = async (filter: string) => {
    const { items } = await journal().list({ query: { filter } })
    return items.map(({ type }) => type)
  }
  expect(await found('organisation.created "HAI dang"')).toEqual(['organisation.created'])
  expect(await found('text:haidang organisation.created')).toContain('organisation.created')
  expect(await found('organisation.created "hai dung"')).toEqual([])
})

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
      ...{ token: (await node.setup.token()) ?? '', language: 'vi', node_name: 'Trung tâm' },
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

test('a check is not for whoever sees one organisation only', async () => {
  await node.database.asOwner(
    `insert into role (id, name_vi, name_en, clearance, scope, permissions) values ($1, 'x', 'x', 'red', 'organisation', '["audit.read"]')`,
    [everything],
  )
  const bound = await keyFor(node, other, everything)
  await expect(journal(bound).verify({ body: {} })).rejects.toThrow('permission.missing')
  await expect(journal(bound).check({})).rejects.toThrow('permission.missing')
})

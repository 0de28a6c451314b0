import type { Client } from '@haidang/contracts/client'
import { contactApi, contactVerificationApi } from '@haidang/contracts/contact-point'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { organisationTieApi } from '@haidang/contracts/organisation-tie'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expiredKey, secretKey, validKey } from './openpgp-keys.ts'
import { whoNode } from './who-node.ts'

type Node = Awaited<ReturnType<typeof whoNode>>
let node: Node
let organisations: Client<typeof organisationApi>
let ties: Client<typeof organisationTieApi>
let contacts: Client<typeof contactApi>
let links: Client<typeof contactVerificationApi>

beforeAll(async () => {
  node = await whoNode()
  await node.setUp()
  organisations = node.client(organisationApi, node.local)
  ties = node.client(organisationTieApi, node.local)
  contacts = node.client(contactApi, node.local)
  links = node.client(contactVerificationApi)
})
afterAll(() => node[Symbol.asyncDispose]())

let count = 0
async function make(more: object = {}): Promise<string> {
  count += 1
  const body = { code: `TC.${count}`, name: `Tổ chức ${count}`, kind: 'other' as const }
  return (await organisations.create({ body: { ...body, ...more } })).id
}

const under = (id: string, parent_id: string, days: object = {}) =>
  ties.add({ params: { id }, body: { kind: 'parent', parent_id, ...days } })

describe('what an organisation is', () => {
  test('a name in any composition of its marks is kept in one form and found by any spelling', async () => {
    const name = 'Ủy ban nhân dân tỉnh Đắk Lắk – Sở Khoa học và Công nghệ'
    const id = await make({ name: name.normalize('NFD') })
    expect((await organisations.get({ params: { id } })).name).toBe(name.normalize('NFC'))
    const found = await organisations.list({ query: { filter: '"dak lak – so khoa hoc"' } })
    expect(found.items.map((one) => one.id)).toEqual([id])
  })

  test.each([
    ['a line break', 'Bộ\r\nBcc: a@b.example'],
    ['a mark that turns the reading', 'Bộ \u202eneppo'],
    ['what nobody sees', 'Bộ\u200b Ví dụ'],
  ])('a name with %s is refused naming the field', async (_, name) => {
    const reply = await node.send(
      'POST',
      '/api/v1/organisations',
      { code: 'XX.1', name, kind: 'other' },
      node.local,
    )
    expect(reply.json()).toMatchObject({ code: 'request.invalid', errors: [{ field: 'name' }] })
  })

  test.each([
    ['thành phố Hà Nội', '01'],
    ['ha giang', '08'],
    ['Bình Dương', '79'],
    ['79', '79'],
  ])('the unit %s is kept as %s, the unit of today', async (unit, code) => {
    const id = await make({ unit })
    expect((await organisations.get({ params: { id } })).unit).toBe(code)
  })

  test('a unit nobody knows is refused', async () => {
    await expect(make({ unit: 'Tỉnh Sông Mơ' })).rejects.toThrow('request.invalid')
  })
})

describe('whom an organisation is under', () => {
  test('the tree of a day shows who was under whom then', async () => {
    const [old, now, child] = [await make(), await make(), await make()]
    await under(child, old, { valid_to: '2025-02-28' })
    await under(child, now, { valid_from: '2025-03-01', basis: 'Nghị quyết 176/2025/QH15' })
    const below = async (id: string, on?: string) =>
      (await ties.tree({ query: { under: id, on } })).items.map((one) => one.id)
    expect([await below(old, '2025-02-28'), await below(now, '2025-02-28')]).toEqual([[child], []])
    expect([await below(old), await below(now)]).toEqual([[], [child]])
    const roots = await ties.tree({ query: { limit: 500 } })
    expect(roots.items.find(({ id }) => id === now)).toMatchObject({ children: 1 })
    expect(roots.items.map(({ id }) => id)).not.toContain(child)
  })

  test('a ring is refused with the chain by name, however long and on whatever day it closes', async () => {
    const [a, b, c] = [
      await make({ name: 'Bộ A' }),
      await make({ name: 'Cục B' }),
      await make({ name: 'Sở C' }),
    ]
    await under(b, a, { valid_from: '2026-01-01', valid_to: '2026-12-31' })
    await under(c, b)
    await expect(under(a, c, { valid_from: '2026-06-01' })).rejects.toThrow(
      'Bộ A → Sở C → Cục B → Bộ A',
    )
    await expect(under(a, a)).rejects.toThrow('organisation.circular')
    await under(a, c, { valid_from: '2027-01-01' })
  })

  test('of two changes at the same moment that together close a ring one is refused', async () => {
    const [a, b] = [await make(), await make()]
    const outcomes = await Promise.allSettled([under(a, b), under(b, a)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('one parent at a time, and one national coordinator in the country', async () => {
    const [a, b, c] = [await make(), await make({ name: 'Trung tâm cũ' }), await make()]
    await under(c, a)
    await expect(under(c, b)).rejects.toThrow('tie.overlaps')
    const coordinator = (id: string, days: object) =>
      ties.add({
        params: { id },
        body: { kind: 'mandate', mandate: 'national_coordinator', ...days },
      })
    await coordinator(b, { valid_to: '2025-02-28' })
    await expect(coordinator(c, { valid_from: '2025-02-28' })).rejects.toThrow('Trung tâm cũ')
    await coordinator(c, { valid_from: '2025-03-01' })
    const held = await organisations.list({ query: { filter: 'mandate:national_coordinator' } })
    expect(held.items.map(({ id }) => id)).toEqual([c])
  })
})

describe('whom to reach', () => {
  const person = { purpose: 'duty' as const, name: 'Trực Ví dụ', email: 'truc@vi-du.example' }

  test('a key says whose it is and until when, and the coordinator sees it', async () => {
    const id = await make()
    const made = await contacts.add({ params: { id }, body: { ...person, openpgp: validKey } })
    expect(made.key).toMatchObject({
      fingerprint: expect.stringMatching(/^[0-9A-F]{40}$/),
      user_ids: ['Truc Vi du <truc@vi-du.example>'],
      expires_at: null,
    })
  })

  test.each([
    ['a private key', secretKey, person.email, 'private'],
    ['an expired key', expiredKey, person.email, 'expired'],
    ['a key of another address', validKey, 'khac@vi-du.example', 'user id'],
    ['two keys', validKey + validKey, person.email, ''],
    ['no key at all', 'xin chào', person.email, ''],
  ])('%s is refused', async (_, openpgp, email, cause) => {
    const id = await make()
    const added = contacts.add({ params: { id }, body: { ...person, email, openpgp } })
    await expect(added).rejects.toThrow(new RegExp(`contact.key-invalid.*${cause}`))
  })

  test.each(['a@b.example\r\nBcc: c@d.example', 'a@b.example,c@d.example', 'Ann <a@b.example>'])(
    'an e-mail that would be more than one address (%j) is refused',
    async (email) => {
      const id = await make()
      await expect(contacts.add({ params: { id }, body: { ...person, email } })).rejects.toThrow(
        'request.invalid',
      )
    },
  )

  test('a link confirms once, holds for its period, and is overdue after it', async () => {
    const id = await make()
    const { id: contact } = await contacts.add({ params: { id }, body: person })
    const standing = async () =>
      (await organisations.list({ query: { filter: `id:${id}` } })).items[0]?.contact_standing
    const state = async () =>
      (await contacts.list({ query: { filter: `organisation_id:${id}` } })).items[0]?.state
    expect([await state(), await standing()]).toEqual(['unverified', 'unverified'])
    const first = await contacts.ask({ params: { id, contact } })
    const second = await contacts.ask({ params: { id, contact } })
    const token = second.path.split('#')[1] ?? ''
    await expect(links.read({ body: { token: first.path.split('#')[1] ?? '' } })).rejects.toThrow(
      'contact.link-spent',
    )
    expect(await links.read({ body: { token } })).toMatchObject({
      name: person.name,
      purpose: 'duty',
    })
    expect(await links.answer({ body: { token } })).toEqual({ state: 'verified' })
    await expect(links.answer({ body: { token } })).rejects.toThrow('contact.link-spent')
    expect([await state(), await standing()]).toEqual(['verified', 'verified'])
    node.clock.advance(181 * 86_400_000)
    expect([await state(), await standing()]).toEqual(['overdue', 'overdue'])
  })

  test('of two answers at the same moment one counts; a link ends by itself', async () => {
    const id = await make()
    const { id: contact } = await contacts.add({ params: { id }, body: person })
    const tokenOf = async () =>
      (await contacts.ask({ params: { id, contact } })).path.split('#')[1] ?? ''
    const token = await tokenOf()
    const both = await Promise.allSettled([
      links.answer({ body: { token } }),
      links.answer({ body: { token } }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const late = await tokenOf()
    node.clock.advance(14 * 86_400_000)
    await expect(links.read({ body: { token: late } })).rejects.toThrow('contact.link-spent')
  })

  test('what a link corrects is not confirmed by it, and loses a key of the former address', async () => {
    const id = await make()
    const made = await contacts.add({ params: { id }, body: { ...person, openpgp: validKey } })
    const { path } = await contacts.ask({ params: { id, contact: made.id } })
    const correction = { name: 'Người mới', position: '', phone: '', email: 'moi@vi-du.example' }
    const answer = await links.answer({ body: { token: path.split('#')[1] ?? '', correction } })
    expect(answer).toEqual({ state: 'unverified' })
    const [now] = (await contacts.list({ query: { filter: `organisation_id:${id}` } })).items
    expect(now).toMatchObject({ ...correction, key: null, openpgp: '' })
  })

  test('the journal tells who asked and who answered, never the token', async () => {
    const { rows } = (await node.database.asOwner(
      `select type, before::text || after::text as said from journal where type like 'contact.%'`,
    )) as unknown as { rows: { type: string; said: string }[] }
    expect(rows.map(({ type }) => type)).toContain('contact.verified')
    expect(rows.map(({ said }) => said).join()).not.toMatch(/token_hash"\s*:\s*"/)
  })
})

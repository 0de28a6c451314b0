import { generateKeyPairSync } from 'node:crypto'
import type { TrustedKey, UnsignedEnvelope } from '@haidang/contracts/link'
import { beforeAll, expect, test } from 'vitest'
import { kidOf } from '../keys/organisation-key.ts'
import { Signer, verifyEnvelope } from './signer.ts'

const unsigned: UnsignedEnvelope = {
  specversion: '1.0',
  id: '01900000-0000-7000-8000-000000000001',
  source: 'urn:haidang:node:nod_1',
  type: 'order.issued',
  subject: 'ord_1',
  time: '2026-03-01T00:00:00.000Z',
  datacontenttype: 'application/json',
  dataschema: 'urn:haidang:envelope:order.issued:1',
  tlp: 'amber',
  from: 'org_a',
  to: 'org_b',
  exercise: false,
  data: { title: 'Chặn địa chỉ', n: 1e21, nested: [1, { b: 2, a: '\u20ac' }] },
}
let signer: Signer
let key: TrustedKey
beforeAll(async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const { x = '' } = publicKey.export({ format: 'jwk' })
  const kid = await kidOf(x)
  signer = new Signer({ privateKey, x, kid })
  const valid_from = '2026-01-01T00:00:00.000Z'
  key = { organisation_id: 'org_a', organisation_name: 'A', kid, x, valid_from, valid_to: null }
})

test('a signed envelope verifies whatever the order of its members', async () => {
  const envelope = await signer.sign(unsigned)
  const shuffled = Object.fromEntries(
    Object.entries(JSON.parse(JSON.stringify(envelope))).reverse(),
  )
  expect(await verifyEnvelope(shuffled, [key])).toEqual({ ok: true, key })
})

test('one changed character is noticed', async () => {
  const envelope = await signer.sign(unsigned)
  expect(await verifyEnvelope({ ...envelope, to: 'org_c' }, [key])).toMatchObject({ ok: false })
  expect(await verifyEnvelope({ ...envelope, extra: 1 }, [key])).toMatchObject({ ok: false })
})

test('a key counts only for its organisation and only while valid', async () => {
  const envelope = await signer.sign(unsigned)
  const other = { ...key, organisation_id: 'org_b' }
  const ended = { ...key, valid_to: '2026-02-01T00:00:00.000Z' }
  expect(await verifyEnvelope({ ...envelope }, [other])).toMatchObject({ ok: false })
  expect(await verifyEnvelope({ ...envelope }, [ended])).toMatchObject({ ok: false })
})

test('an unsigned envelope, or one signed with nothing, is refused', async () => {
  expect(await verifyEnvelope({ ...unsigned }, [key])).toMatchObject({ ok: false })
  const none = Buffer.from('{"alg":"none"}').toString('base64url')
  const forged = { ...unsigned, signature: `${none}..AA` }
  expect(await verifyEnvelope(forged, [key])).toMatchObject({ ok: false })
})

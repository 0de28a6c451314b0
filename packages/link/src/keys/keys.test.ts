import { createHash, X509Certificate } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ManualClock } from '@haidang/runtime/clock'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Authority } from './authority.ts'
import { certificateRequest } from './certificates.ts'
import { tlsKey } from './key-pair.ts'

const day = 86_400_000
let directory = ''
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'haidang-keys-'))
})
afterAll(() => rm(directory, { recursive: true }))

test('an authority is the same after a restart and knows what it issued', async () => {
  const clock = new ManualClock('2026-03-01T00:00:00.000Z')
  const first = await Authority.open(directory, 'nod_1', clock)
  const again = await Authority.open(directory, 'nod_1', clock)
  expect(again.certificate).toBe(first.certificate)
  const raw = new X509Certificate(first.certificate).raw
  expect(Buffer.from(first.digest)).toEqual(createHash('sha256').update(raw).digest())
  const key = await tlsKey(join(directory, 'child.pem'))
  const csr = await certificateRequest(key.pair, 'nod_2')
  const { certificate, expires_at } = await first.certify(csr, 'nod_2', 30)
  const leaf = new X509Certificate(certificate)
  expect(again.issued(leaf)).toBe(true)
  expect(leaf.subjectAltName).toBe('URI:urn:haidang:node:nod_2')
  expect(expires_at).toBe('2026-03-31T00:00:00.000Z')
  expect(new X509Certificate((await first.server()).cert).subjectAltName).toBe(
    'DNS:link.haidang.internal',
  )
})

test('the server certificate renews itself at two thirds of its life', async () => {
  const clock = new ManualClock('2026-03-01T00:00:00.000Z')
  const authority = await Authority.open(directory, 'nod_1', clock)
  const before = await authority.server()
  clock.advance(19 * day)
  expect((await authority.server()).cert).toBe(before.cert)
  clock.advance(2 * day)
  expect((await authority.server()).cert).not.toBe(before.cert)
})

test('what is no request for a P-256 key is refused', async () => {
  const clock = new ManualClock('2026-03-01T00:00:00.000Z')
  const authority = await Authority.open(directory, 'nod_1', clock)
  await expect(authority.certify('nonsense', 'nod_2', 30)).rejects.toMatchObject({
    code: 'join.request-invalid',
  })
})

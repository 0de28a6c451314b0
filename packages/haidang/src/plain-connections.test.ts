import { expect, test } from 'vitest'
import { NodeConfiguration } from './node-configuration.ts'
import { plainConnectionHealth, plainConnections } from './plain-connections.ts'

const found = (given: object) => plainConnections(NodeConfiguration.parse(given))

test('a node as it comes sends nothing unencrypted beyond its machine', () => {
  expect(found({})).toEqual([])
})

test.each([
  ['http.host', { http: { host: '0.0.0.0' } }],
  ['http.host', { http: { host: '192.0.2.1', public_url: 'http://soc.example' } }],
  ['database.url', { database: { url: 'postgres://haidang@db.example/haidang?sslmode=prefer' } }],
  ['events.url', { events: { url: 'http://events.example:8123' } }],
  ['bus.url', { bus: { url: 'tls://one.example:4222,nats://two.example:4222' } }],
])('%s beyond this machine without TLS is told', (key, given) => {
  expect(found(given)).toEqual([key])
})

test.each([
  [{ http: { host: '0.0.0.0', public_url: 'https://soc.example' } }],
  [{ http: { host: '::1' } }],
  [{ database: { url: 'postgres://haidang@db.example/haidang?sslmode=verify-full' } }],
  [{ database: { url: 'postgres://haidang@127.0.0.1:5433/haidang' } }],
  [{ database: { url: 'postgres:///haidang?host=/run/postgresql' } }],
  [{ events: { url: 'https://events.example:8443' } }],
  [{ bus: { url: 'tls://one.example:4222' } }],
  [{ bus: { url: 'nats://localhost:4222' } }],
])('what stays here or is encrypted is not: %j', (given) => {
  expect(found(given)).toEqual([])
})

test('the warning names the keys, never an address with its password', async () => {
  const url = 'postgres://haidang:hunter2@db.example/haidang'
  const finding = await plainConnectionHealth(NodeConfiguration.parse({ database: { url } }))
  expect(finding).toMatchObject({
    state: 'warn',
    cause: { en: expect.stringContaining('database.url') },
  })
  expect(JSON.stringify(finding)).not.toContain('hunter2')
})

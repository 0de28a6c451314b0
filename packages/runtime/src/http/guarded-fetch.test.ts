import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { guardedFetch } from './guarded-fetch.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function served(body: string, status = 200): Promise<string> {
  const server = createServer((_, reply) => {
    reply.writeHead(status, { location: 'http://127.0.0.1:1/', 'x-one': 'a' }).end(body)
  }).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

test('a local address is asked only where that was allowed', async () => {
  const url = await served('xin chào')
  const answer = await guardedFetch({ inside: true })(url)
  expect([answer.status, answer.headers.get('x-one'), await answer.text()]).toEqual([
    200,
    'a',
    'xin chào',
  ])
  await expect(guardedFetch({ inside: false })(url)).rejects.toThrow('private address')
})

test.each([
  'https://10.0.0.1/',
  'https://192.168.1.1/',
  'https://[fd00::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://0x7f.1/',
  'https://2130706433/',
  'https://localhost/',
])('%s is barred from outside, however it is written', async (url) => {
  await expect(guardedFetch({ inside: false })(url)).rejects.toMatchObject({
    name: 'AddressBarred',
  })
})

test.each(['https://169.254.169.254/', 'https://[::ffff:169.254.169.254]/', 'https://0.0.0.0/'])(
  '%s is barred even where private networks are allowed',
  async (url) => {
    await expect(guardedFetch({ inside: true })(url)).rejects.toMatchObject({
      name: 'AddressBarred',
    })
  },
)

test.each([
  'http://192.0.2.1/',
  'http://provider.example/',
  'file:///etc/passwd',
  'ftp://192.0.2.1/',
])('%s is not https', async (url) => {
  await expect(guardedFetch({ inside: true })(url)).rejects.toThrow('https is needed')
})

test('a redirect is handed back, not followed', async () => {
  const answer = await guardedFetch({ inside: true })(await served('', 302))
  expect(answer.status).toBe(302)
})

test('a long answer and a slow one end', async () => {
  const long = await served('x'.repeat(2000))
  await expect(guardedFetch({ inside: true, bytes: 1000 })(long)).rejects.toThrow('longer than')
  const server = createServer(() => {}).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  const slow = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  await expect(guardedFetch({ inside: true, milliseconds: 50 })(slow)).rejects.toThrow()
  server.closeAllConnections()
})

import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { get } from 'node:https'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { Authority } from '@haidang/link/keys/authority'
import { certificateRequest } from '@haidang/link/keys/certificates'
import { tlsKey } from '@haidang/link/keys/key-pair'
import { systemClock } from '@haidang/runtime/clock'
import { Metrics } from '@haidang/runtime/metrics'
import { silentLog } from '@haidang/runtime/silent-log'
import { expect, onTestFinished, test } from 'vitest'
import { namesOf } from '../stream-peer.ts'
import { HttpCollector, type HttpCollectorParts } from './http-collector.ts'
import { leaveBodies, wholeBody } from './request-body.ts'

/** Answers with the names a client's certificate proved. */
async function listening(more: Partial<HttpCollectorParts>): Promise<HttpCollector> {
  const parts = { name: 'test', host: '127.0.0.1', port: 0, log: silentLog, clock: systemClock }
  const collector = new HttpCollector(
    { ...parts, metrics: new Metrics({ process: false }), ...more },
    (app) => {
      app.get('/', async ({ raw }) => namesOf(raw.socket))
      leaveBodies(app)
      app.post('/', async (request) => {
        await wholeBody(request, { bytes: 1_000_000, spend: () => undefined })
        return 'taken'
      })
    },
  )
  await collector.start()
  onTestFinished(() => collector.stop())
  return collector
}

test('a port that is taken is told, and can be opened when it is free', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const parts = { name: 'test', host: '127.0.0.1', port, log: silentLog, clock: systemClock }
  const collector = new HttpCollector(
    { ...parts, metrics: new Metrics({ process: false }) },
    () => undefined,
  )
  await collector.start()
  expect([collector.port, collector.problem()]).toEqual([
    undefined,
    expect.stringContaining('EADDRINUSE'),
  ])
  other.close()
  await once(other, 'close')
  await collector.start()
  expect([collector.port, collector.problem()]).toEqual([port, undefined])
  await collector.stop()
})

interface Client {
  readonly ca: string
  readonly key?: string
  readonly cert?: string
}

async function ask(port: number | undefined, client: Client): Promise<unknown> {
  const request = get({ host: '127.0.0.1', port, servername: 'localhost', agent: false, ...client })
  const [reply] = await once(request, 'response')
  const issuer = (reply.socket as TLSSocket).getPeerCertificate().subject.CN
  return { issuer, names: JSON.parse(String(Buffer.concat(await reply.toArray()))) }
}

test('over TLS a sender shows a certificate where authorities are given, and new certificates are shown without a stop', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'haidang-http-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const authority = await Authority.open(join(directory, 'authority'), 'node_1', systemClock)
  const other = await Authority.open(join(directory, 'other'), 'node_2', systemClock)
  const key = await tlsKey(join(directory, 'key.pem'))
  const shown = async (by: Authority) => ({
    key: key.pem,
    cert: await by.certifyIntake(key, ['localhost']),
    ca: authority.certificate,
  })
  let credentials = await shown(authority)
  const collector = await listening({ credentials: async () => credentials })
  const { certificate } = await authority.certify(
    await certificateRequest(key.pair, 'web-1'),
    'web-1',
    1,
  )
  const client = { ca: authority.certificate, key: key.pem, cert: certificate }
  expect(await ask(collector.port, client)).toEqual({ issuer: 'node_1 intake', names: ['web-1'] })
  await expect(ask(collector.port, { ca: authority.certificate })).rejects.toThrow()
  await expect(ask(collector.port, { ...client, ca: other.certificate })).rejects.toThrow()
  credentials = await shown(other)
  await collector.renew()
  const renewed = await ask(collector.port, { ...client, ca: other.certificate })
  expect(renewed).toEqual({ issuer: 'node_2 intake', names: ['web-1'] })
})

test('who brings single bytes of a request is sent away', async () => {
  const { port } = await listening({ requestTimeout: 200 })
  const socket = connect(port ?? 0, '127.0.0.1')
  socket.on('error', () => undefined)
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n')
  const timer = setInterval(() => socket.write('.'), 20)
  const answers = await socket
    .setEncoding('utf8')
    .toArray()
    .catch(() => [])
  await closed
  clearInterval(timer)
  expect(answers.join('')).not.toContain('200')
})

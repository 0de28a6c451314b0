import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls'
import { Authorities } from '@haidang/link/keys/authorities'
import { Authority } from '@haidang/link/keys/authority'
import { certificateRequest, linkName } from '@haidang/link/keys/certificates'
import { tlsKey } from '@haidang/link/keys/key-pair'
import { systemClock } from '@haidang/runtime/clock'
import { silentLog } from '@haidang/runtime/silent-log'
import { StreamListener } from '@haidang/station/collect/stream-listener'
import type { StreamPeer } from '@haidang/station/collect/stream-peer'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { intakeCredentials } from './intake-credentials.ts'

let directory: string
let authority: Authority

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'haidang-intake-'))
  authority = await Authority.open(join(directory, 'keys'), 'node_1', systemClock)
})
afterAll(() => rm(directory, { recursive: true, force: true }))

function credentialsOf(tls: { certificate?: string; key?: string; client_authorities?: string }) {
  return intakeCredentials({
    station: {
      listen_host: '0.0.0.0',
      tls: {
        names: ['log.example', linkName],
        lumberjack: false,
        fluent: false,
        ipfix: false,
        http: false,
        ...tls,
      },
    },
    keysDirectory: join(directory, 'keys'),
    nodeId: 'node_1',
    clock: systemClock,
  })
}

async function listen(credentials: Awaited<ReturnType<ReturnType<typeof credentialsOf>>>) {
  const peers: StreamPeer[] = []
  const listener = new StreamListener({
    name: 'test',
    at: { host: '127.0.0.1', port: 0 },
    credentials,
    log: silentLog,
    serve: async (peer) => {
      peers.push(peer)
      for await (const chunk of peer.socket) peer.socket.write(chunk as Buffer)
    },
  })
  await listener.start()
  onTestFinished(() => listener.stop())
  return { listener, peers }
}

/** The socket after one echo: with TLS 1.3 a refused client learns it only then. */
async function dial(port: number | undefined, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connect({
    host: '127.0.0.1',
    port: port ?? 0,
    ca: authority.certificate,
    ...options,
  })
  onTestFinished(() => void socket.destroy())
  const broken = once(socket, 'close').then(() => Promise.reject(new Error('closed')))
  broken.catch(() => undefined)
  await Promise.race([once(socket, 'secureConnect'), broken])
  socket.write('.')
  await Promise.race([once(socket, 'data'), broken])
  return socket
}

test('a node shows a certificate of its own under its names, never under that of the link; old TLS is refused', async () => {
  const { listener } = await listen(await credentialsOf({})())
  const { port } = listener
  await dial(port)
  await dial(port, { servername: 'log.example', maxVersion: 'TLSv1.2' })
  await expect(dial(port, { servername: linkName })).rejects.toThrow()
  await expect(dial(port, { servername: 'other.example' })).rejects.toThrow()
  const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' } as const
  await expect(dial(port, { ...old, ciphers: 'ALL:@SECLEVEL=0' })).rejects.toThrow()
})

test('after the authority of the node was replaced, senders are shown a certificate of the new one', async () => {
  const credentials = credentialsOf({})
  const before = await credentials()
  expect((await credentials()).cert).toBe(before.cert)
  const authorities = await Authorities.open(join(directory, 'keys'), 'node_1', systemClock)
  await authorities.replace()
  const after = new X509Certificate((await credentials()).cert)
  expect(authorities.shown.issued(after)).toBe(true)
  authority = authorities.shown
})

test('with authorities for senders, one without certificate is refused and the name of the other is known', async () => {
  const bundle = join(directory, 'senders.pem')
  await writeFile(bundle, authority.certificate)
  const { listener, peers } = await listen(await credentialsOf({ client_authorities: bundle })())
  await expect(dial(listener.port)).rejects.toThrow()
  const key = await tlsKey(join(directory, 'sender-key.pem'))
  const request = await certificateRequest(key.pair, 'anything')
  const { certificate } = await authority.certify(request, 'fw-1.example', 1)
  await dial(listener.port, { key: key.pem, cert: certificate })
  expect(peers.map(({ names }) => names)).toEqual([['fw-1.example']])
  const stranger = await Authority.open(join(directory, 'stranger'), 'node_2', systemClock)
  const forged = await stranger.certify(request, 'fw-1.example', 1)
  const shown = { key: key.pem, cert: forged.certificate }
  await expect(dial(listener.port, shown)).rejects.toThrow()
})

test('new files are shown to new connections while those that stand go on; files that do not fit are refused', async () => {
  const files = { certificate: join(directory, 'a.pem'), key: join(directory, 'a-key.pem') }
  const own = await credentialsOf({})()
  await writeFile(files.certificate, own.cert)
  await writeFile(files.key, own.key)
  const credentials = credentialsOf(files)
  const { listener } = await listen(await credentials())
  const standing = await dial(listener.port)
  const other = await Authority.open(join(directory, 'other'), 'node_3', systemClock)
  const key = await tlsKey(join(directory, 'b-key.pem'))
  await writeFile(files.certificate, await other.certifyIntake(key, ['127.0.0.1']))
  await expect(credentials()).rejects.toThrow('is not that of the certificate')
  await writeFile(files.key, await readFile(join(directory, 'b-key.pem')))
  listener.renew(await credentials())
  await expect(dial(listener.port)).rejects.toThrow()
  await dial(listener.port, { ca: other.certificate })
  standing.write('still here')
  const [echo] = await once(standing, 'data')
  expect(String(echo)).toBe('still here')
})

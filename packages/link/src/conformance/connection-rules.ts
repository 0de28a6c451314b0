import { generateKeyPairSync, webcrypto } from 'node:crypto'
import { connect } from 'node:tls'
import { authorityCertificate, linkName } from '../keys/certificates.ts'
import { ecdsa } from '../keys/key-pair.ts'
import type { Probe } from './probe.ts'
import { type Rule, unless } from './rule.ts'

const hour = 3_600_000

/** Who may connect, and how (link.md section 1). */
export const connectionRules: Rule[] = [
  {
    rule: '0.tls-1.3-only',
    asks: 'a TLS 1.2 handshake fails',
    check: ({ target }) =>
      new Promise((resolve) => {
        const { hostname, port } = new URL(target.url)
        const socket = connect({
          host: hostname,
          port: Number(port || 443),
          ca: target.authority,
          servername: linkName,
          maxVersion: 'TLSv1.2',
        })
        const end = (detail: string | undefined) => {
          socket.destroy()
          resolve(detail)
        }
        socket.setTimeout(10_000, () => end('no answer'))
        socket.once('secureConnect', () => end(`${socket.getProtocol()} was accepted`))
        socket.once('error', () => end(undefined))
      }),
  },
  {
    rule: '0.certificate-required',
    asks: 'no certificate: 401 link.certificate-required',
    check: async (probe) => {
      const answer = await probe.as(undefined, { method: 'GET', path: '/link/v1/watermarks' })
      return unless(answer.status === 401 && answer.code === 'link.certificate-required', answer)
    },
  },
  {
    rule: '0.certificate-of-parent',
    asks: 'a certificate somebody else issued: 403 link.certificate-refused',
    check: async (probe) => {
      const foreign = await foreignIdentity(probe)
      const answer = await probe.as(foreign, { method: 'GET', path: '/link/v1/watermarks' })
      return unless(answer.status === 403 && answer.code === 'link.certificate-refused', answer)
    },
  },
  {
    rule: '1.join-code-wrong',
    asks: 'a join code that was never given out: 4xx with a problem code',
    check: async (probe) => {
      const body = Buffer.from(JSON.stringify({ code: 'wrong', csr: '', declaration: {} }))
      const headers = { 'content-type': 'application/json' }
      const call = { method: 'POST', path: '/link/v1/join', headers, body } as const
      const answer = await probe.as(undefined, call)
      return unless(answer.status < 500 && answer.code.startsWith('join.'), answer)
    },
  },
  {
    rule: '2.stream-unknown',
    asks: 'an unknown stream: 404 link.stream-unknown',
    check: async (probe) => {
      const answer = await probe.batch('nonsense', 1, 1, '{}')
      return unless(answer.status === 404 && answer.code === 'link.stream-unknown', answer)
    },
  },
]

/** A certificate for a key of its own, signed by itself. */
async function foreignIdentity({ target }: Probe) {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { subtle } = webcrypto
  const jwk = privateKey.export({ format: 'jwk' })
  const { d: _, ...open } = jwk
  const pair = {
    privateKey: await subtle.importKey('jwk', jwk, ecdsa, true, ['sign']),
    publicKey: await subtle.importKey('jwk', open, ecdsa, true, ['verify']),
  }
  const now = target.clock.now()
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: await authorityCertificate(pair, 'foreign', { from: now - hour, to: now + hour }),
  }
}

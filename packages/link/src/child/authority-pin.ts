import { createHash, X509Certificate } from 'node:crypto'
import { connect, type TLSSocket } from 'node:tls'
import { Problem } from '@haidang/runtime/problem'
import { linkName } from '../keys/certificates.ts'

const patience = 10_000

/**
 * Asks whoever answers at `url` for its certificates, sends nothing, and returns the one authority whose
 * SHA-256 is `digest` (PEM). Everything after trusts that authority alone.
 * Throws Problem join.parent-unreachable or join.parent-mismatch.
 */
export async function pinnedAuthority(url: string, digest: Uint8Array): Promise<string> {
  const chain = await shownBy(new URL(url))
  const found = chain.find((raw) => createHash('sha256').update(raw).digest().equals(digest))
  if (!found) {
    throw new Problem(
      'join.parent-mismatch',
      `${url} does not show the authority this code names: wrong address, old code, or somebody in between`,
    )
  }
  return new X509Certificate(found).toString()
}

function shownBy({ hostname, port }: URL): Promise<Buffer[]> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port || 443),
      servername: linkName,
      minVersion: 'TLSv1.3',
      rejectUnauthorized: false,
    })
    const fail = (error: Error) => {
      socket.destroy()
      reject(new Problem('join.parent-unreachable', error.message))
    }
    socket.setTimeout(patience, () => fail(new Error('no answer')))
    socket.once('error', fail)
    socket.once('secureConnect', () => {
      resolve(chainOf(socket))
      socket.destroy()
    })
  })
}

/** Certificates as shown, leaf first; a self-signed one is its own issuer and ends the chain. */
function chainOf(socket: TLSSocket): Buffer[] {
  const chain: Buffer[] = []
  let shown = socket.getPeerCertificate(true)
  while (shown?.raw && chain.length < 10) {
    chain.push(shown.raw)
    if (shown.issuerCertificate === shown) break
    shown = shown.issuerCertificate
  }
  return chain
}

import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { shownAuthority } from '@haidang/link/keys/authorities'
import { renewalOf } from '@haidang/link/keys/authority'
import { tlsKey } from '@haidang/link/keys/key-pair'
import type { Clock } from '@haidang/runtime/clock'
import type { TlsCredentials } from '@haidang/station/collect/tls-credentials'
import type { NodeConfiguration } from './node-configuration.ts'

interface IntakeCredentialsParts {
  readonly station: Pick<NodeConfiguration['station'], 'tls' | 'listen_host'>
  /** `keys/` of the data directory. */
  readonly keysDirectory: string
  readonly nodeId: string
  readonly clock: Clock
}

/**
 * What TLS listeners for senders show: the files configured, read anew at every call, or a certificate of this
 * node's own authority, issued anew when two thirds of its life are over. The call throws an Error where files
 * are missing or do not belong together.
 */
export function intakeCredentials(parts: IntakeCredentialsParts): () => Promise<TlsCredentials> {
  const { certificate, key, client_authorities } = parts.station.tls
  const own = ownCredentials(parts)
  return async () => {
    const ca = client_authorities && (await readFile(client_authorities, 'utf8'))
    if (certificate === undefined || key === undefined)
      return { ...(await own()), ...(ca && { ca }) }
    const [cert, secret] = await Promise.all([readFile(certificate, 'utf8'), readFile(key, 'utf8')])
    if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(secret)))
      throw new Error(`the key in ${key} is not that of the certificate in ${certificate}`)
    return { key: secret, cert, ...(ca && { ca }) }
  }
}

function leafOf({ cert }: TlsCredentials): X509Certificate {
  return new X509Certificate(cert)
}

function ownCredentials(parts: IntakeCredentialsParts): () => Promise<TlsCredentials> {
  const { station, keysDirectory, nodeId, clock } = parts
  let shown: TlsCredentials | undefined
  const names = ['localhost', '127.0.0.1', '::1', hostname(), ...station.tls.names]
  if (!['127.0.0.1', '::', '0.0.0.0'].includes(station.listen_host)) names.push(station.listen_host)
  return async () => {
    // The one the link shows: senders that know it go on when it is followed by another.
    const authority = await shownAuthority(keysDirectory, nodeId, clock)
    if (shown && renewalOf(shown.cert) > clock.now() && authority.issued(leafOf(shown))) {
      return shown
    }
    const key = await tlsKey(join(keysDirectory, 'intake-key.pem'))
    shown = { key: key.pem, cert: await authority.certifyIntake(key, [...new Set(names)]) }
    return shown
  }
}

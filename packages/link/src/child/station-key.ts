import { X509Certificate } from 'node:crypto'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { fingerprintOf, tlsKey } from '../keys/key-pair.ts'

/** Where a node keeps the TLS key it shows its parent. */
export function stationKeyFile(keysDirectory: string): string {
  return join(keysDirectory, 'station-key.pem')
}

/** Where the key lies that a request by file asks a certificate for. */
export function nextStationKeyFile(keysDirectory: string): string {
  return join(keysDirectory, 'station-key-next.pem')
}

/** Whether a certificate (PEM) is for the key with this fingerprint. */
export function isFor(certificate: string, fingerprint: string): boolean {
  return fingerprintOf(new X509Certificate(certificate).publicKey) === fingerprint
}

/** The next key takes the place of the one shown so far, if it is the one with this fingerprint. */
export async function promote(keysDirectory: string, fingerprint: string): Promise<void> {
  const current = await tlsKey(stationKeyFile(keysDirectory))
  if (current.fingerprint === fingerprint) return
  const next = await tlsKey(nextStationKeyFile(keysDirectory))
  if (next.fingerprint !== fingerprint) return
  await rename(nextStationKeyFile(keysDirectory), stationKeyFile(keysDirectory))
}

import type { X509Certificate } from 'node:crypto'
import { TLSSocket } from 'node:tls'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { Authority } from '../keys/authority.ts'
import { fingerprintOf } from '../keys/key-pair.ts'
import type { Peer } from '../peer.ts'
import type { StationRow } from '../station-tables.ts'
import type { StationStore } from './station-store.ts'

interface Shown {
  readonly fingerprint: string
  readonly from: number
  readonly to: number
  readonly issued: boolean
}

/** Says who is at the other end: the public key of the client certificate, found in the registry. */
export class PeerGate {
  readonly #database: Database
  readonly #stations: StationStore
  readonly #authority: Authority
  readonly #clock: Clock
  // One TLS connection shows one certificate: it is read and verified once.
  readonly #shown = new WeakMap<TLSSocket, Shown>()
  /** Connections that stand, by the key they showed. */
  readonly #open = new Map<string, Set<TLSSocket>>()

  constructor(database: Database, stations: StationStore, authority: Authority, clock: Clock) {
    this.#database = database
    this.#stations = stations
    this.#authority = authority
    this.#clock = clock
  }

  /**
   * The registry is asked at every request, so that a revocation bites at once.
   * Throws Problem link.certificate-required or link.certificate-refused with the reason.
   */
  async peer(socket: unknown): Promise<Peer> {
    const shown = this.#certificate(socket)
    if (!shown.issued) throw refused('it was not issued by this node')
    const now = this.#clock.now()
    if (now < shown.from) throw refused('it is not valid yet: compare the clocks of both nodes')
    if (now >= shown.to) throw refused('it has expired: join again with a new code')
    const row = await this.#database.transact(systemScope, (tx) =>
      this.#stations.ofFingerprint(tx, shown.fingerprint),
    )
    if (!row) throw refused('no station has this key')
    requireAccepted(row, shown.fingerprint)
    const { id, node_id, organisation_id, name } = row
    return { station_id: id, node_id, organisation_id, name, fingerprint: shown.fingerprint }
  }

  /** Ends every connection that showed this key, whatever it is in the middle of. */
  cut(fingerprint: string): void {
    for (const socket of this.#open.get(fingerprint) ?? []) socket.destroy()
  }

  #hold(socket: TLSSocket, fingerprint: string): void {
    const held = this.#open.get(fingerprint) ?? new Set()
    this.#open.set(fingerprint, held.add(socket))
    socket.once('close', () => {
      held.delete(socket)
      if (held.size === 0 && this.#open.get(fingerprint) === held) this.#open.delete(fingerprint)
    })
  }

  #certificate(socket: unknown): Shown {
    if (!(socket instanceof TLSSocket)) throw new Problem('link.certificate-required')
    const known = this.#shown.get(socket)
    if (known) return known
    const certificate = socket.getPeerX509Certificate()
    if (!certificate) throw new Problem('link.certificate-required')
    const shown = this.#read(certificate)
    this.#shown.set(socket, shown)
    this.#hold(socket, shown.fingerprint)
    return shown
  }

  #read(certificate: X509Certificate): Shown {
    return {
      fingerprint: fingerprintOf(certificate.publicKey),
      from: millisecondsOf(certificate.validFrom),
      to: millisecondsOf(certificate.validTo),
      issued: !certificate.ca && this.#authority.issued(certificate),
    }
  }
}

/** Throws Problem link.certificate-refused where the key is no longer the one that may speak for the station. */
export function requireAccepted(
  { accepted_fingerprint, reason }: Pick<StationRow, 'accepted_fingerprint' | 'reason'>,
  fingerprint: string,
): void {
  if (accepted_fingerprint !== fingerprint) throw refused(`revoked: ${reason}`)
}

function refused(detail: string): Problem {
  return new Problem('link.certificate-refused', detail)
}

import type { X509Certificate } from 'node:crypto'
import { TLSSocket } from 'node:tls'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { Authority } from '../keys/authority.ts'
import { fingerprintOf } from '../keys/key-pair.ts'
import type { Peer } from '../peer.ts'
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
    if (row.accepted_fingerprint !== shown.fingerprint) throw refused(`revoked: ${row.reason}`)
    const { id, node_id, organisation_id, name } = row
    return { station_id: id, node_id, organisation_id, name }
  }

  #certificate(socket: unknown): Shown {
    if (!(socket instanceof TLSSocket)) throw new Problem('link.certificate-required')
    const known = this.#shown.get(socket)
    if (known) return known
    const certificate = socket.getPeerX509Certificate()
    if (!certificate) throw new Problem('link.certificate-required')
    const shown = this.#read(certificate)
    this.#shown.set(socket, shown)
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

function refused(detail: string): Problem {
  return new Problem('link.certificate-refused', detail)
}

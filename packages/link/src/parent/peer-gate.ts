import type { X509Certificate } from 'node:crypto'
import { TLSSocket } from 'node:tls'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { Authorities } from '../keys/authorities.ts'
import { fingerprintOf } from '../keys/key-pair.ts'
import type { Peer } from '../peer.ts'
import type { StationRow } from '../station-tables.ts'
import type { StationStore } from './station-store.ts'

interface Shown {
  readonly fingerprint: string
  readonly from: number
  readonly to: number
  /** Fingerprint of the authority that signed it; undefined: none of this node's. */
  readonly signer: string | undefined
}

/** Says who is at the other end: the public key of the client certificate, found in the registry. */
export class PeerGate {
  readonly #database: Database
  readonly #stations: StationStore
  readonly #authorities: Authorities
  readonly #clock: Clock
  // One TLS connection shows one certificate: it is read and verified once.
  readonly #shown = new WeakMap<TLSSocket, Shown>()
  /** Connections that stand, by the key they showed. */
  readonly #open = new Map<string, Set<TLSSocket>>()

  constructor(database: Database, stations: StationStore, authorities: Authorities, clock: Clock) {
    this.#database = database
    this.#stations = stations
    this.#authorities = authorities
    this.#clock = clock
  }

  /**
   * The registry is asked at every request, so that a revocation bites at once.
   * Throws Problem link.certificate-required or link.certificate-refused with the reason.
   */
  async peer(socket: unknown): Promise<Peer> {
    const shown = this.#certificate(socket)
    const { signer } = shown
    if (signer === undefined) throw refused('it was not issued by this node')
    if (!this.#authorities.trusts(signer)) {
      throw refused('the authority that issued it has ended: join again with a new code or file')
    }
    const now = this.#clock.now()
    if (now < shown.from) throw refused('it is not valid yet: compare the clocks of both nodes')
    if (now >= shown.to) throw refused('it has expired: join again with a new code')
    const row = await this.#database.transact(systemScope, async (tx) => {
      const known = await this.#stations.ofFingerprint(tx, shown.fingerprint)
      // Who has moved to a new authority is known by what it shows.
      if (known && known.authority !== signer) {
        await this.#stations.note(tx, known.id, { authority: signer })
      }
      return known
    })
    if (!row) throw refused('no station has this key')
    requireAccepted(row, shown.fingerprint)
    const { id, node_id, organisation_id, name } = row
    const renew = row.renewal_due || signer !== this.#authorities.issuing.fingerprint
    return { station_id: id, node_id, organisation_id, name, fingerprint: shown.fingerprint, renew }
  }

  /** Ends every connection that showed this key, whatever it is in the middle of. */
  cut(fingerprint: string): void {
    for (const socket of this.#open.get(fingerprint) ?? []) socket.destroy()
  }

  /** Ends every connection whose certificate no authority of this node stands behind any more. */
  cutEnded(): void {
    for (const sockets of this.#open.values()) {
      for (const socket of sockets) {
        const signer = this.#shown.get(socket)?.signer
        if (signer === undefined || !this.#authorities.trusts(signer)) socket.destroy()
      }
    }
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
      signer: certificate.ca ? undefined : this.#authorities.signerOf(certificate),
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

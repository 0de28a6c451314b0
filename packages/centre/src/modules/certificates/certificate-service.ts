import { X509Certificate } from 'node:crypto'
import type { DocumentCertificate } from '@haidang/contracts/document'
import { millisecondsOf } from '@haidang/contracts/instant'
import { certificateFacts, type DocumentKeys } from '@haidang/link/keys/document-keys'
import type { Seal } from '@haidang/link/keys/seal'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { keySigner, type PdfSigner, pkcs12Signer } from '@haidang/runtime/rendering/sign-pdf'
import { requireWholeNode } from '../../signed-in.ts'
import type { CertificateStore } from './certificate-store.ts'
import type { CertificateRow } from './certificate-tables.ts'

export interface CertificateParts {
  readonly database: Database
  readonly store: CertificateStore
  readonly keys: DocumentKeys
  readonly seal: Seal
  readonly journal: Journal
  readonly clock: Clock
  /** The node's own organisation, in whose name its key signs. */
  readonly home: (tx: Tx) => Promise<{ readonly name: string } | undefined>
}

type Facts = ReturnType<typeof certificateFacts>

/** What signs documents: the node's certificate, or one an organisation brought. */
export class CertificateService {
  readonly #parts: CertificateParts

  constructor(parts: CertificateParts) {
    this.#parts = parts
  }

  /** Who signs for an organisation now; where its own certificate is over, the node does. */
  async signer(tx: Tx, organisationId: string): Promise<{ signer: PdfSigner; facts: Facts }> {
    const { store, seal, keys } = this.#parts
    const own = await store.of(tx, organisationId)
    if (own && !this.#isOver(own)) {
      const { bytes, password } = JSON.parse(seal.open(organisationId, own.sealed))
      const signer = await pkcs12Signer(Buffer.from(bytes, 'base64'), password)
      if (!signer) throw new Problem('document-certificate.unreadable')
      return { signer, facts: own }
    }
    const key = await keys.signer(await this.#nodeName(tx))
    const facts = certificateFacts(key.certificate)
    const chain = [der(key.authority)]
    return { signer: keySigner(key.privateKey, der(key.certificate), chain), facts }
  }

  get(caller: Caller): Promise<DocumentCertificate> {
    return this.#parts.database.transact(caller.scope, (tx) => this.#shown(tx, caller))
  }

  /** Throws Problem document-certificate.unreadable, document-certificate.not-valid. */
  async import(
    caller: Caller,
    given: { readonly content: string; readonly password: string; readonly reason: string },
  ): Promise<DocumentCertificate> {
    const { database, store, seal, journal, clock } = this.#parts
    const { organisation_id, scope } = caller
    const signer = await pkcs12Signer(Buffer.from(given.content, 'base64'), given.password)
    if (!signer) throw new Problem('document-certificate.unreadable')
    const facts = certificateFacts(new X509Certificate(signer.certificate).toString())
    if (this.#isOver(facts) || millisecondsOf(facts.valid_from) > clock.now()) {
      throw new Problem(
        'document-certificate.not-valid',
        `valid from ${facts.valid_from} to ${facts.valid_to}`,
      )
    }
    const secret = JSON.stringify({ bytes: given.content, password: given.password })
    return database.transact(scope, async (tx) => {
      await store.put(tx, {
        organisation_id,
        ...facts,
        sealed: seal.seal(organisation_id, secret),
        imported_at: clock.iso(),
        imported_by_name: scope.actor.name,
      })
      await journal.append(tx, {
        type: 'document-certificate.imported',
        organisation_id,
        actor: scope.actor,
        authority: 'document.manage',
        subject: organisation_id,
        reason: given.reason,
        after: facts,
      })
      return this.#shown(tx, caller)
    })
  }

  /** Throws Problem document-certificate.not-found. */
  remove(caller: Caller): Promise<DocumentCertificate> {
    const { database, store, journal } = this.#parts
    const { organisation_id, scope } = caller
    return database.transact(scope, async (tx) => {
      const own = await store.of(tx, organisation_id)
      if (!own) throw new Problem('document-certificate.not-found')
      await store.remove(tx, organisation_id)
      const { sealed: _, ...before } = own
      await journal.append(tx, {
        type: 'document-certificate.removed',
        organisation_id,
        actor: scope.actor,
        authority: 'document.manage',
        subject: organisation_id,
        before,
      })
      return this.#shown(tx, caller)
    })
  }

  /** A new key of the node. Throws Problem permission.missing for who does not see the whole node. */
  async rotate(caller: Caller, reason: string): Promise<DocumentCertificate> {
    const { database, keys, journal } = this.#parts
    requireWholeNode(caller)
    return database.transact({ ...systemScope, actor: caller.scope.actor }, async (tx) => {
      const name = await this.#nodeName(tx)
      const before = certificateFacts((await keys.signer(name)).certificate)
      const after = certificateFacts((await keys.rotate(name)).certificate)
      await journal.append(tx, {
        type: 'document-certificate.rotated',
        organisation_id: null,
        actor: caller.scope.actor,
        authority: 'document.manage',
        subject: caller.organisation_id,
        reason,
        before,
        after,
      })
      return this.#shown(tx, caller)
    })
  }

  /** The root readers trust. */
  authority(): Promise<{ certificate: string; fingerprint: string }> {
    return this.#parts.keys.authority()
  }

  async #shown(tx: Tx, { organisation_id }: Caller): Promise<DocumentCertificate> {
    const { store, keys } = this.#parts
    const own = await store.of(tx, organisation_id)
    if (own) return { ...factsOf(own), own: true, expired: this.#isOver(own) }
    const { certificate } = await keys.signer(await this.#nodeName(tx))
    return { ...certificateFacts(certificate), own: false, expired: false }
  }

  #isOver({ valid_to }: Pick<Facts, 'valid_to'>): boolean {
    return millisecondsOf(valid_to) <= this.#parts.clock.now()
  }

  async #nodeName(tx: Tx): Promise<string> {
    return (await this.#parts.home(tx))?.name ?? 'Hải Đăng'
  }
}

function factsOf({ subject, issuer, fingerprint, valid_from, valid_to }: CertificateRow): Facts {
  return { subject, issuer, fingerprint, valid_from, valid_to }
}

function der(pem: string): Uint8Array {
  return new Uint8Array(new X509Certificate(pem).raw)
}

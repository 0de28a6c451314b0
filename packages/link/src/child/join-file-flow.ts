import { X509Certificate } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { millisecondsOf } from '@haidang/contracts/instant'
import { JoinAnswerFile, type JoinRequestFile } from '@haidang/contracts/join-file'
import { isoOf } from '@haidang/runtime/clock'
import { type Scope, systemScope, type Tx } from '@haidang/runtime/database/database'
import { newUuid } from '@haidang/runtime/ids'
import { Problem } from '@haidang/runtime/problem'
import { verifySeal } from '../envelopes/signer.ts'
import { certificateFingerprint } from '../keys/authority.ts'
import { certificateRequest } from '../keys/certificates.ts'
import { fingerprintOf, tlsKey } from '../keys/key-pair.ts'
import { linkJoinRequest } from '../link-tables.ts'
import type { ChildHandlers, ChildSideParts } from './child-parts.ts'
import { type JoinFlow, type Place, pendingTie } from './join-flow.ts'
import { nextStationKeyFile } from './station-key.ts'
import type { TieStore } from './tie-store.ts'

const requestDays = 30

/** How a node comes by its parent, or by a new key towards it, with two files carried by hand. */
export class JoinFileFlow {
  readonly #parts: ChildSideParts
  readonly #ties: TieStore
  readonly #flow: JoinFlow

  constructor(parts: ChildSideParts, ties: TieStore, flow: JoinFlow) {
    this.#parts = parts
    this.#ties = ties
    this.#flow = flow
  }

  /** Writes a request with a new key; an earlier one that was not answered no longer counts. */
  async ask(
    actor: Scope['actor'],
    place: Place,
  ): Promise<{ file: JoinRequestFile; fingerprint: string }> {
    const { clock, database, journal, node, signer, keysDirectory } = this.#parts
    await rm(nextStationKeyFile(keysDirectory), { force: true })
    const { pair, fingerprint } = await tlsKey(nextStationKeyFile(keysDirectory))
    const { kid, x } = signer.key
    const unsigned = {
      ...({ type: 'haidang.join-request', version: 1 } as const),
      id: newUuid(clock),
      made_at: clock.iso(),
      expires_at: isoOf(clock.now() + requestDays * 86_400_000),
      csr: await certificateRequest(pair, node.id),
      declaration: await this.#flow.declaration(place),
      key: { kid, x },
    }
    const file = { ...unsigned, signature: await signer.seal(unsigned) }
    await database.transact({ ...systemScope, actor }, async (tx) => {
      const row = { request_id: file.id, fingerprint, expires_at: file.expires_at }
      await tx
        .insert(linkJoinRequest)
        .values(row)
        .onConflictDoUpdate({ target: linkJoinRequest.one, set: row })
      await journal.append(tx, {
        type: 'parent.asked-by-file',
        organisation_id: null,
        actor,
        subject: file.id,
        authority: 'station.manage',
        after: { fingerprint, expires_at: file.expires_at },
      })
    })
    return { file, fingerprint }
  }

  /**
   * Takes an answer in: the tie stands from here on. `authority` is the fingerprint the parent read out. Throws Problem
   * join.file-refused with the cause; what stood before then stays.
   */
  async apply(
    actor: Scope['actor'],
    file: Readonly<Record<string, unknown>>,
    authority: string,
    handlers: ChildHandlers | undefined,
  ): Promise<void> {
    const { database, clock, keysDirectory } = this.#parts
    const answer = await genuine(file)
    if (millisecondsOf(answer.expires_at) <= clock.now()) {
      throw refused(`it expired at ${answer.expires_at}; ask the parent for a new one`)
    }
    requireAuthority(answer, authority)
    if (!handlers) throw new Problem('internal.failure', 'the link does not run yet')
    const key = await tlsKey(nextStationKeyFile(keysDirectory))
    await database.transact({ ...systemScope, actor }, async (tx) => {
      await this.#use(tx, answer, key.fingerprint)
      const tie = await this.#ties.get(tx)
      const { address: url, trust_bundle } = answer
      const reply = { state: 'pending', ticket: '', retry_after_seconds: 1 } as const
      const begun = pendingTie({ url, authority: trust_bundle, reply, now: clock.iso(), tie })
      await this.#ties.put(tx, begun)
      await this.#flow.joined(tx, begun, { ...answer, state: 'approved' }, handlers, key)
    })
    await this.#flow.promote(key.fingerprint)
  }

  /** Each request is answered once. */
  async #use(tx: Tx, { request_id, certificate }: JoinAnswerFile, fingerprint: string) {
    const [asked] = await tx.select().from(linkJoinRequest).for('update')
    if (asked?.request_id !== request_id) {
      throw refused(
        'it answers another request than the one this node made last, or was used before',
      )
    }
    const leaf = fingerprintOf(new X509Certificate(certificate).publicKey)
    if (asked.fingerprint !== fingerprint || leaf !== fingerprint) {
      throw refused('its certificate is for another key')
    }
    await tx.delete(linkJoinRequest)
  }
}

async function genuine(file: Readonly<Record<string, unknown>>): Promise<JoinAnswerFile> {
  if (file['type'] !== 'haidang.join-answer') throw refused('it is no answer to a request to join')
  const read = JoinAnswerFile.safeParse(file)
  if (!read.success) {
    const [issue] = read.error.issues
    throw refused(`${issue?.path.join('.')}: ${issue?.message}`)
  }
  const { key, trusted_keys, parent } = read.data
  const isOwn = trusted_keys.some(
    ({ organisation_id, kid, valid_to }) =>
      organisation_id === parent.organisation_id && kid === key.kid && valid_to === null,
  )
  if (!isOwn || !(await verifySeal(file, key))) {
    throw refused('it was changed after the parent signed it')
  }
  return read.data
}

/** The bundle holds the authority whose fingerprint was read out, and that one signed the certificate. */
function requireAuthority({ trust_bundle, certificate }: JoinAnswerFile, told: string): void {
  const wanted = told.toLowerCase().replaceAll(/[^0-9a-f]/g, '')
  try {
    const authorities = certificatesIn(trust_bundle)
    const named = authorities.some(
      (each) => certificateFingerprint(each).replaceAll(':', '') === wanted,
    )
    if (!named) throw refused('the fingerprint the parent read out is of another authority')
    const leaf = new X509Certificate(certificate)
    if (!authorities.some((each) => leaf.checkIssued(each) && leaf.verify(each.publicKey))) {
      throw refused('its certificate is not signed by an authority of its bundle')
    }
  } catch (error) {
    if (error instanceof Problem) throw error
    throw refused('a certificate in it cannot be read')
  }
}

function certificatesIn(bundle: string): X509Certificate[] {
  const blocks = bundle.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  return blocks.slice(0, 10).map((pem) => new X509Certificate(pem))
}

function refused(detail: string): Problem {
  return new Problem('join.file-refused', detail)
}

import { millisecondsOf } from '@haidang/contracts/instant'
import { type JoinAnswerFile, JoinRequestFile } from '@haidang/contracts/join-file'
import { isoOf } from '@haidang/runtime/clock'
import type { Scope, Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { and, desc, eq } from 'drizzle-orm'
import { type Signer, verifySeal } from '../envelopes/signer.ts'
import { requestedFingerprint } from '../keys/certificates.ts'
import { joinFile, type StationRow } from '../station-tables.ts'
import type { JoinDesk } from './join-desk.ts'
import type { JoinParts } from './join-parts.ts'

const answerDays = 30

/** Where requests come in, and answers go out, that are carried by hand (link.md section 1). */
export class JoinFileDesk {
  readonly #parts: JoinParts
  readonly #desk: JoinDesk
  readonly #signer: Signer

  constructor(parts: JoinParts, desk: JoinDesk, signer: Signer) {
    this.#parts = parts
    this.#desk = desk
    this.#signer = signer
  }

  /**
   * A request becomes a pending station of an organisation, known hardware keeping its row. Throws Problem
   * join.file-refused with the cause, join.request-invalid.
   */
  async receive(
    tx: Tx,
    actor: Scope['actor'],
    organisationId: string,
    file: Readonly<Record<string, unknown>>,
  ): Promise<StationRow> {
    const { clock } = this.#parts
    const request = await this.#genuine(file)
    const known = await tx.select().from(joinFile).where(eq(joinFile.request_id, request.id))
    if (known.length > 0) throw refused('this request was taken in before; each counts once')
    const { csr, declaration } = request
    const row = await this.#desk.byFile(tx, actor, { organisationId, csr, declaration })
    await tx.insert(joinFile).values({
      request_id: request.id,
      station_id: row.id,
      organisation_id: organisationId,
      fingerprint: await requestedFingerprint(csr),
      received_at: clock.iso(),
    })
    return row
  }

  /** The answer to what a station asked last, once it is approved. Throws Problem station.not-found, join.no-answer. */
  async answer(tx: Tx, stationId: string): Promise<JoinAnswerFile> {
    const { stations, clock, address } = this.#parts
    const row = await stations.require(tx, stationId)
    const [asked] = await tx
      .select()
      .from(joinFile)
      .where(and(eq(joinFile.station_id, stationId), eq(joinFile.fingerprint, row.fingerprint)))
      .orderBy(desc(joinFile.received_at))
      .limit(1)
    if (!asked) throw new Problem('join.no-answer', 'it did not ask by file')
    const approved = await this.#desk.approvedNow(tx, row)
    if (!approved) throw new Problem('join.no-answer', row.state)
    const { certificate, trust_bundle, trusted_keys, organisation_id, parent } = approved
    const until = clock.now() + answerDays * 86_400_000
    const ends = millisecondsOf(row.certificate_expires_at ?? '')
    const { kid, x } = this.#signer.key
    const unsigned = {
      ...({ type: 'haidang.join-answer', version: 1 } as const),
      request_id: asked.request_id,
      made_at: clock.iso(),
      expires_at: isoOf(Math.min(until, ends)),
      address: address(),
      certificate,
      trust_bundle,
      trusted_keys: [...trusted_keys],
      organisation_id,
      parent,
      key: { kid, x },
    }
    return { ...unsigned, signature: await this.#signer.seal(unsigned) }
  }

  async #genuine(file: Readonly<Record<string, unknown>>): Promise<JoinRequestFile> {
    const { clock } = this.#parts
    if (file['type'] !== 'haidang.join-request') throw refused('it is no request to join')
    const read = JoinRequestFile.safeParse(file)
    if (!read.success) {
      const [issue] = read.error.issues
      throw refused(`${issue?.path.join('.')}: ${issue?.message}`)
    }
    const { key, declaration, expires_at, made_at } = read.data
    if (key.x !== declaration.signing_key || !(await verifySeal(file, key))) {
      throw refused('it was changed after the station signed it')
    }
    const now = clock.now()
    if (millisecondsOf(expires_at) <= now)
      throw refused(`it expired at ${expires_at}; make a new one`)
    if (millisecondsOf(made_at) > now + 86_400_000) {
      throw refused(`it was made at ${made_at}, which is to come: compare the clocks`)
    }
    return read.data
  }
}

function refused(detail: string): Problem {
  return new Problem('join.file-refused', detail)
}

import { type EvidenceFile, largestEvidence } from '@haidang/contracts/order'
import type { Blobs } from '@haidang/runtime/blobs/blobs'
import type { Clock } from '@haidang/runtime/clock'
import type { Scope, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { EvidenceStore } from './evidence-store.ts'
import type { EvidenceRow } from './evidence-tables.ts'

/** Whose a file is, who else may read it, and what it proves. */
export interface Belonging {
  readonly organisation_id: string
  readonly shared_with: string | null
  readonly tlp_rank: number
  readonly subject: string
}

export interface EvidenceParts {
  readonly store: EvidenceStore
  readonly blobs: Blobs
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
}

/** Files that prove what was done, each stored once under its hash with a journal entry. */
export class EvidenceService {
  readonly #parts: EvidenceParts

  constructor(parts: EvidenceParts) {
    this.#parts = parts
  }

  /** Stores a file somebody uploads. Throws Problem request.too-large. */
  async store(
    tx: Tx,
    actor: Scope['actor'],
    belonging: Belonging,
    file: { readonly name: string; readonly media_type: string; readonly bytes: Uint8Array },
  ): Promise<EvidenceFile> {
    if (file.bytes.length > largestEvidence) {
      throw new Problem(
        'request.too-large',
        `${file.bytes.length} bytes, at most ${largestEvidence}`,
      )
    }
    const { name, media_type, bytes } = file
    const sha256 = await this.#parts.blobs.put(bytes)
    const id = this.#parts.newId('evidence')
    const kept = { id, name, size: bytes.length, sha256, media_type }
    await this.#add(tx, actor, belonging, kept)
    return kept
  }

  /**
   * Stores a file another node sent with its description; a repeat changes nothing. Throws Problem
   * request.invalid where the bytes are not the ones described.
   */
  async accept(
    tx: Tx,
    actor: Scope['actor'],
    belonging: Belonging,
    file: EvidenceFile,
    bytes: Uint8Array,
  ): Promise<void> {
    const sha256 = await this.#parts.blobs.put(bytes)
    if (sha256 !== file.sha256 || bytes.length !== file.size) {
      throw new Problem('request.invalid', `file ${file.id} is not the one its hash names`)
    }
    await this.#add(tx, actor, belonging, file)
  }

  /** Descriptions of the files of a subject, in the order asked. Throws Problem evidence.not-found. */
  async describe(tx: Tx, subject: string, ids: readonly string[]): Promise<EvidenceFile[]> {
    const rows = await this.#parts.store.of(tx, subject, ids)
    return ids.map((id) => {
      const row = rows.find((one) => one.id === id)
      if (!row) throw new Problem('evidence.not-found', id)
      return described(row)
    })
  }

  /** A file of a subject with its bytes. Throws Problem evidence.not-found. */
  async read(
    tx: Tx,
    subject: string,
    id: string,
  ): Promise<{ readonly file: EvidenceFile; readonly bytes: Uint8Array }> {
    const [file] = await this.describe(tx, subject, [id])
    const bytes = file && (await this.#parts.blobs.get(file.sha256))
    if (!bytes) throw new Problem('evidence.not-found', id)
    return { file, bytes }
  }

  async #add(
    tx: Tx,
    actor: Scope['actor'],
    belonging: Belonging,
    file: EvidenceFile,
  ): Promise<void> {
    const { store, journal, clock } = this.#parts
    const added = await store.add(tx, {
      ...belonging,
      ...file,
      stored_by_name: actor.name,
      stored_at: clock.iso(),
    })
    if (!added) return
    await journal.append(tx, {
      type: 'evidence.stored',
      organisation_id: belonging.organisation_id,
      tlp_rank: belonging.tlp_rank,
      actor,
      authority: 'order.answer',
      subject: file.id,
      related: [belonging.subject],
      after: file,
    })
  }
}

function described({ id, name, size, sha256, media_type }: EvidenceRow): EvidenceFile {
  return { id, name, size, sha256, media_type }
}

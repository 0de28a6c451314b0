import type { JournalEntry } from '@haidang/contracts/journal'
import type { JournalDigest } from '@haidang/contracts/journal-digest'
import type { SignedDigests } from '@haidang/contracts/station-digest'
import type { EnvelopeDraft } from '@haidang/link/envelopes/post'
import type { Tx } from '@haidang/runtime/database/database'
import { portions } from '@haidang/runtime/database/portions'
import type { JournalReader } from '@haidang/runtime/journal'

interface EnvelopeParts {
  /** All digests this node signed, oldest first. */
  readonly own: (tx: Tx) => Promise<readonly JournalDigest[]>
  readonly mailbox: {
    /** The parent's organisation and this node's, as the parent names them. */
    parent(
      tx: Tx,
    ): Promise<{ readonly organisation_id: string; readonly own_id: string } | undefined>
    toParent(tx: Tx, draft: EnvelopeDraft): Promise<unknown>
  }
  readonly simulated: boolean
}

/** Digests of one envelope. */
const together = 50

/** Tells the parent of each day as it is signed, and a new parent of all that were signed before. */
export class DigestEnvelopes implements JournalReader {
  readonly name = 'digest-envelopes'
  readonly types = ['journal.digest-signed', 'parent.joined'] as const
  readonly #parts: EnvelopeParts

  constructor(parts: EnvelopeParts) {
    this.#parts = parts
  }

  async handle(tx: Tx, entry: JournalEntry): Promise<void> {
    const own = await this.#parts.own(tx)
    if (entry.type === 'journal.digest-signed') {
      const signed = own.filter(({ day }) => entry.subject === `digest:${day}`)
      if (signed.length > 0) await this.#tell(tx, signed)
      return
    }
    const before = own.filter(({ entries }) => entries < entry.seq)
    for (const some of portions(before, together)) await this.#tell(tx, some)
  }

  async #tell(tx: Tx, digests: readonly JournalDigest[]): Promise<void> {
    const { mailbox, simulated } = this.#parts
    const tie = await mailbox.parent(tx)
    if (!tie) return
    const data: SignedDigests = { digests: [...digests] }
    await mailbox.toParent(tx, {
      type: 'digest.signed',
      subject: `digest:${digests.at(-1)?.day}`,
      tlp: 'amber',
      from: tie.own_id,
      to: tie.organisation_id,
      exercise: simulated,
      data,
    })
  }
}

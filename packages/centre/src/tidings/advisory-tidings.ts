import { type AdvisoryContent, inLanguage } from '@haidang/contracts/advisory'
import type { JournalEntry } from '@haidang/contracts/journal'
import { labelOf } from '@haidang/contracts/labels'
import type { NotificationKind } from '@haidang/contracts/notification-kind'
import type { Language } from '@haidang/contracts/person'
import type { Tx } from '@haidang/runtime/database/database'
import { z } from 'zod'
import type { AdvisoryLinkService } from '../modules/answers/advisory-link-service.ts'
import type {
  NotificationService,
  Recipient,
} from '../modules/notifications/notification-service.ts'
import type { Recipients } from '../modules/notifications/recipients.ts'
import type { Occasion, TellingService } from '../modules/tellings/telling-service.ts'
import { vietnamTime } from '../vietnam-date.ts'

/** What is told of an advisory. */
interface AdvisoryFacts {
  readonly id: string
  readonly organisation_id: string
  readonly organisation_name: string
  readonly number: string
  readonly content: AdvisoryContent
  readonly tlp_rank: number
  readonly version: number
  readonly state: string
  readonly remote: boolean
}

interface Ladder {
  readonly organisation_id: string
  readonly organisation_name: string
  readonly version: number
  readonly due_at: string | null
  readonly over_link: boolean
}

interface Told {
  readonly advisory_id: string
  readonly organisation_id: string
}

interface Draft {
  readonly id: string
  readonly organisation_id: string
  readonly tlp_rank: number
  readonly content: AdvisoryContent
  readonly authors: readonly string[]
}

export interface AdvisoryTidingsParts {
  readonly notifications: NotificationService
  readonly recipients: Recipients
  readonly tellings: TellingService
  readonly links: Pick<AdvisoryLinkService, 'make'>
  readonly advisories: {
    get(tx: Tx, id: string): Promise<AdvisoryFacts | undefined>
    draft(tx: Tx, id: string): Promise<Draft | undefined>
    ladder(tx: Tx, id: string, organisationId: string): Promise<Ladder | undefined>
    /** Ladders of an advisory that were told of it, behind one organisation, in the order of their ids. */
    told(tx: Tx, id: string, from: string, most: number): Promise<readonly Ladder[]>
    changeNote(tx: Tx, id: string, version: number): Promise<string>
    wasToldBefore(tx: Tx, ladder: Told, version: number): Promise<boolean>
  }
}

const Stepped = z.object({
  step: z.string(),
  assessment: z.string().nullish(),
  moved: z.boolean().default(true).describe('false: kept beside the ladder'),
})
const Reviewed = z.object({ stage: z.string() })

/** Kinds whose mail may be answered by its link. */
const answerable: readonly NotificationKind[] = [
  'advisory-told',
  'warning-told',
  'advisory-changed',
  'advisory-returned',
  'advisory-overdue',
]
/** Addressees told in one transaction. */
const atOnce = 100

/** Who is told what of an advisory: the addressees who read this portal, its issuer, who reviews it, who wrote it. */
export class AdvisoryTidings {
  readonly #parts: AdvisoryTidingsParts

  constructor(parts: AdvisoryTidingsParts) {
    this.#parts = parts
  }

  async tell(tx: Tx, entry: JournalEntry): Promise<void> {
    const { id: entry_id, type, subject: subject_id, actor_id, reason } = entry
    const occasion = { entry_id, type, subject_id, actor_id, reason }
    if (type === 'advisory.cancelled') {
      return this.#parts.tellings.begin(tx, occasion, this.tellSome)
    }
    if (type === 'advisory.submitted' || type === 'advisory.reviewed') {
      return this.#draft(tx, entry)
    }
    await this.#ladder(tx, entry, occasion)
  }

  /** News of one ladder. */
  async #ladder(tx: Tx, entry: JournalEntry, occasion: Occasion): Promise<void> {
    const { advisories } = this.#parts
    const { type, subject, organisation_id } = entry
    const row = await advisories.get(tx, subject)
    const ladder = await advisories.ladder(tx, subject, organisation_id ?? '')
    if (!row || !ladder || row.state === 'cancelled') return
    if (type === 'advisory.received') return this.#told(tx, row, ladder, occasion)
    if (type === 'advisory.overdue') {
      await this.#issuer(tx, 'advisory-overdue', row, ladder, occasion)
      return this.#addressee(tx, 'advisory-overdue', row, ladder, occasion)
    }
    const said = Stepped.safeParse(entry.after)
    if (said.success) await this.#stepped(tx, row, ladder, occasion, said.data)
  }

  async #stepped(
    tx: Tx,
    row: AdvisoryFacts,
    ladder: Ladder,
    occasion: Occasion,
    { step, assessment, moved }: z.infer<typeof Stepped>,
  ): Promise<void> {
    if (!moved) return
    if (step === 'delivered') {
      if (!ladder.over_link) await this.#told(tx, row, ladder, occasion)
    } else if (step === 'returned') {
      await this.#addressee(tx, 'advisory-returned', row, ladder, occasion)
    } else if (assessment === 'need_help' && step === 'assessed') {
      await this.#issuer(tx, 'advisory-help', row, ladder, occasion)
    }
  }

  /** Tells some of those to whom a cancelled advisory had been told. */
  readonly tellSome = async (tx: Tx, occasion: Occasion, from: string) => {
    const { advisories } = this.#parts
    const row = await advisories.get(tx, occasion.subject_id)
    if (!row) return undefined
    const ladders = await advisories.told(tx, row.id, from, atOnce)
    for (const ladder of ladders) {
      await this.#addressee(tx, 'advisory-cancelled', row, ladder, occasion)
    }
    return ladders.length < atOnce ? undefined : ladders.at(-1)?.organisation_id
  }

  /** Who was told an earlier version learns what changed; to others all of it is new. */
  async #told(tx: Tx, row: AdvisoryFacts, ladder: Ladder, occasion: Occasion): Promise<void> {
    const first = row.content.kind === 'warning' ? 'warning-told' : 'advisory-told'
    const { advisories } = this.#parts
    const { version, organisation_id } = ladder
    const isKnown = await advisories.wasToldBefore(
      tx,
      { advisory_id: row.id, organisation_id },
      version,
    )
    const reason = isKnown ? await advisories.changeNote(tx, row.id, version) : ''
    const kind = reason === '' ? first : 'advisory-changed'
    await this.#addressee(tx, kind, row, ladder, { ...occasion, reason })
  }

  /** People and the contact on duty here; those with a node of their own are told there. */
  async #addressee(
    tx: Tx,
    kind: NotificationKind,
    row: AdvisoryFacts,
    ladder: Ladder,
    occasion: Occasion,
  ): Promise<void> {
    if (ladder.over_link && !row.remote) return
    const of = { organisation_id: ladder.organisation_id, tlp_rank: row.tlp_rank }
    const who = await this.#parts.recipients.onDuty(tx, 'advisory.answer', of)
    await this.#say(tx, kind, row, ladder, occasion, who)
  }

  /** What another node published is told to its issuer there. */
  async #issuer(
    tx: Tx,
    kind: NotificationKind,
    row: AdvisoryFacts,
    ladder: Ladder,
    occasion: Occasion,
  ): Promise<void> {
    if (row.remote) return
    const who = await this.#parts.recipients.able(tx, 'advisory.publish', row)
    await this.#say(tx, kind, row, ladder, occasion, who)
  }

  async #say(
    tx: Tx,
    kind: NotificationKind,
    row: AdvisoryFacts,
    ladder: Ladder,
    { entry_id, reason }: Occasion,
    who: readonly Recipient[],
  ): Promise<void> {
    const { id, tlp_rank, number, content, organisation_name, organisation_id, remote } = row
    await this.#parts.notifications.tell(
      tx,
      {
        kind,
        object_id: id,
        tlp_rank,
        path: `/advisories/${id}`,
        once: `${entry_id}:${ladder.organisation_id}`,
        sender_id: remote ? null : organisation_id,
        sender_person_id: null,
        facts: (language: Language) => ({
          number,
          title: inLanguage(content.title, language),
          severity: labelOf('severity', content.severity, language),
          issuer: organisation_name,
          organisation: ladder.organisation_name,
          due: ladder.due_at === null ? '–' : vietnamTime(ladder.due_at, language),
          reason: reason || '–',
        }),
        link: (to) => this.linkFor(tx, { kind, object_id: id }, to),
      },
      who,
    )
  }

  /** Page of the link by which somebody answers what a mail says; empty: they sign in. */
  async linkFor(
    tx: Tx,
    { kind, object_id }: { readonly kind: NotificationKind; readonly object_id: string },
    to: Recipient,
  ): Promise<string> {
    return answerable.includes(kind) ? this.#parts.links.make(tx, object_id, to) : ''
  }

  /** Who may review learns that somebody asks for it; who wrote learns what the reviewer decided. */
  async #draft(tx: Tx, entry: JournalEntry): Promise<void> {
    const { id: once, type, subject: subject_id, reason, actor_name } = entry
    const { advisories, recipients, notifications } = this.#parts
    const draft = await advisories.draft(tx, subject_id)
    if (!draft) return
    const { content, tlp_rank, organisation_id, authors } = draft
    const asks = type === 'advisory.submitted'
    const people = authors.filter((one) => one.startsWith('usr_'))
    const who = asks
      ? (await recipients.able(tx, 'advisory.review', draft)).filter(
          ({ person_id }) => person_id !== null && !authors.includes(person_id),
        )
      : await recipients.people(tx, people)
    await notifications.tell(
      tx,
      {
        kind: asks ? 'advisory-review' : 'advisory-reviewed',
        object_id: subject_id,
        tlp_rank,
        path: `/advisories/drafts/${subject_id}`,
        once,
        sender_id: organisation_id,
        sender_person_id: null,
        facts: (language) => ({
          title: inLanguage(content.title, language),
          who: actor_name,
          stage: decided(entry, language),
          reason: reason || '–',
        }),
      },
      who,
    )
  }
}

/** What a reviewer decided, whatever became of the draft since. */
function decided({ after }: JournalEntry, language: Language): string {
  const said = Reviewed.safeParse(after)
  return said.data?.stage === 'approved'
    ? labelOf('advisoryStage', 'approved', language)
    : labelOf('advisoryStep', 'returned', language)
}

import type { JournalEntry } from '@haidang/contracts/journal'
import type { NotificationKind } from '@haidang/contracts/notification-kind'
import { tlpRank } from '@haidang/contracts/tlp'
import type { Tx } from '@haidang/runtime/database/database'
import { z } from 'zod'
import type { Names } from '../../names.ts'
import { vietnamTime } from '../../vietnam-date.ts'
import type { NotificationService, Recipient } from './notification-service.ts'
import type { Recipients } from './recipients.ts'

interface DeadlineTidingsParts {
  readonly notifications: NotificationService
  readonly recipients: Recipients
  readonly names: Names
}

const Words = z.object({ vi: z.string(), en: z.string() })

/** What an entry about a step of a deadline says. */
const Step = z.object({
  name: Words,
  deadline: Words,
  due_at: z.string().nullable(),
  missing_year: z.number().nullable(),
  told: z.array(z.object({ people: z.array(z.string()) })),
})

const kinds: Readonly<Record<string, NotificationKind>> = {
  'deadline.reminded': 'deadline-near',
  'deadline.passed': 'deadline-passed',
  'deadline.escalated': 'deadline-passed',
  'deadline.unreckoned': 'deadline-unreckoned',
}

/** Tells of deadlines those whom the step of the chain names. */
export class DeadlineTidings {
  readonly #parts: DeadlineTidingsParts

  constructor(parts: DeadlineTidingsParts) {
    this.#parts = parts
  }

  async tell(tx: Tx, entry: JournalEntry): Promise<void> {
    const { notifications, names } = this.#parts
    const kind = kinds[entry.type]
    const step = Step.safeParse(entry.after)
    const { organisation_id, tlp_rank } = entry
    if (!kind || !step.success || organisation_id === null) return
    const { name, deadline, due_at, missing_year, told } = step.data
    const organisation = (await names.organisations(tx, [organisation_id])).get(organisation_id)
    const people = told.flatMap((one) => one.people)
    await notifications.tell(
      tx,
      {
        kind,
        object_id: entry.related[0] ?? entry.subject,
        once: entry.id,
        tlp_rank,
        path: '/deadlines',
        sender_id: null,
        sender_person_id: null,
        // Neither number nor title of the thing itself: who is told as a superior may not know of it.
        facts: (language) => ({
          deadline: deadline[language],
          organisation: organisation ?? organisation_id,
          step: name[language],
          due: due_at === null ? '–' : vietnamTime(due_at, language),
          year: missing_year === null ? '–' : String(missing_year),
        }),
      },
      await this.#allowed(tx, people, { organisation_id, tlp_rank }),
    )
  }

  /** Above TLP:AMBER nobody is told who may not read the deadline, whatever the chain says. */
  async #allowed(
    tx: Tx,
    ids: readonly string[],
    of: { readonly organisation_id: string; readonly tlp_rank: number },
  ): Promise<Recipient[]> {
    const { recipients } = this.#parts
    const named = await recipients.people(tx, ids)
    if (of.tlp_rank <= tlpRank('amber')) return named
    const readers = await recipients.ableAnywhere(tx, 'deadline.read', of)
    const known = new Set(readers.map(({ person_id }) => person_id))
    return named.filter(({ person_id }) => known.has(person_id))
  }
}

import type { JournalEntry } from '@haidang/contracts/journal'
import { labelOf } from '@haidang/contracts/labels'
import type { NotificationKind } from '@haidang/contracts/notification-kind'
import type { Language } from '@haidang/contracts/person'
import { SwapState } from '@haidang/contracts/shift'
import type { Tx } from '@haidang/runtime/database/database'
import { z } from 'zod'
import type { NotificationService } from '../modules/notifications/notification-service.ts'
import type { Recipients } from '../modules/notifications/recipients.ts'
import { vietnamTime } from '../vietnam-date.ts'

interface ShiftTidingsParts {
  readonly notifications: Pick<NotificationService, 'tell'>
  readonly recipients: Pick<Recipients, 'people'>
  readonly shifts: { get(tx: Tx, id: string): Promise<Shift | undefined> }
}

const Shift = z.object({
  name: z.string(),
  starts_at: z.string(),
  ends_at: z.string(),
  officer_id: z.string().nullable(),
  member_ids: z.array(z.string()),
})
type Shift = z.infer<typeof Shift>

const Made = z.object({
  from: z.string(),
  to: z.string(),
  crews: z.array(z.object({ officer_id: z.string(), member_ids: z.array(z.string()) })),
})
const Swap = z.object({
  state: SwapState,
  shift_id: z.string(),
  from_id: z.string(),
  to_id: z.string(),
})

type Change = 'added' | 'moved' | 'removed'

const changes: Readonly<Record<Change, Readonly<Record<Language, string>>>> = {
  added: { vi: 'bạn có ca này', en: 'this shift is yours' },
  moved: { vi: 'đổi giờ', en: 'other hours' },
  removed: { vi: 'bạn không còn ca này', en: 'no longer your shift' },
}

/** Tells people of shifts they have, have no more or are asked to stand; never who did it themselves. */
export class ShiftTidings {
  readonly #parts: ShiftTidingsParts

  constructor(parts: ShiftTidingsParts) {
    this.#parts = parts
  }

  async tell(tx: Tx, entry: JournalEntry): Promise<void> {
    if (entry.type === 'shift.roster-made') await this.#made(tx, entry)
    else if (entry.type.startsWith('shift.swap-')) await this.#swap(tx, entry)
    else await this.#changed(tx, entry)
  }

  async #made(tx: Tx, entry: JournalEntry): Promise<void> {
    const made = Made.safeParse(entry.after)
    if (!made.success) return
    const { from, to, crews } = made.data
    const people = crews.flatMap(({ officer_id, member_ids }) => [officer_id, ...member_ids])
    await this.#tell(tx, entry, 'shift-roster', people, () => ({ from, to }))
  }

  async #changed(tx: Tx, entry: JournalEntry): Promise<void> {
    const [before, after] = [Shift.safeParse(entry.before).data, Shift.safeParse(entry.after).data]
    const shift = after ?? before
    if (!shift) return
    const concerned = changesOf(before, after)
    for (const [change, of] of Map.groupBy(concerned, (one) => one.change)) {
      const people = of.map(({ person }) => person)
      await this.#tell(tx, entry, 'shift-changed', people, (language) => ({
        ...timesOf(shift, language),
        change: changes[change][language],
      }))
    }
  }

  async #swap(tx: Tx, entry: JournalEntry): Promise<void> {
    const swap = Swap.safeParse(entry.after).data
    const shift = swap && (await this.#parts.shifts.get(tx, swap.shift_id))
    if (!shift) return
    const { state, from_id, to_id } = swap
    const kind = state === 'asked' ? 'shift-swap-asked' : 'shift-swap-decided'
    await this.#tell(tx, entry, kind, [from_id, to_id], (language) => ({
      ...timesOf(shift, language),
      reason: entry.reason || '–',
      state: labelOf('swapState', state, language),
    }))
  }

  async #tell(
    tx: Tx,
    entry: JournalEntry,
    kind: NotificationKind,
    people: readonly string[],
    facts: (language: Language) => Readonly<Record<string, string>>,
  ): Promise<void> {
    const { notifications, recipients } = this.#parts
    const others = people.filter((id) => id !== entry.actor_id)
    if (others.length === 0) return
    await notifications.tell(
      tx,
      {
        kind,
        object_id: entry.subject,
        once: entry.id,
        tlp_rank: 0,
        path: kind.startsWith('shift-swap') ? '/shifts?tab=swaps' : '/shifts?tab=roster',
        sender_id: entry.organisation_id,
        sender_person_id: null,
        facts: (language) => ({ ...facts(language), who: entry.actor_name }),
      },
      await recipients.people(tx, others),
    )
  }
}

/** Whose standing a change of a shift changes, and how. */
function changesOf(
  before: Shift | undefined,
  after: Shift | undefined,
): { readonly person: string; readonly change: Change }[] {
  const [had, has] = [peopleOf(before), peopleOf(after)]
  const isMoved = before?.starts_at !== after?.starts_at || before?.ends_at !== after?.ends_at
  return [...new Set([...had, ...has])].flatMap((person) => {
    if (!has.has(person)) return { person, change: 'removed' }
    if (!had.has(person)) return { person, change: 'added' }
    return isMoved ? { person, change: 'moved' } : []
  })
}

function peopleOf(shift: Shift | undefined): ReadonlySet<string> {
  return new Set(shift ? [shift.officer_id, ...shift.member_ids].filter((id) => id !== null) : [])
}

function timesOf({ name, starts_at, ends_at }: Shift, language: Language) {
  return { name, from: vietnamTime(starts_at, language), to: vietnamTime(ends_at, language) }
}

import type { ShiftFault } from '@haidang/contracts/shift'
import { Plural, useLingui } from '@lingui/react/macro'
import { TriangleAlert } from 'lucide-react'
import { dateTime } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'

const shown = 8

/** What is wrong with the roster on screen: where nobody is, where too many are, who rests too little. */
export function RosterFaults({ faults }: { faults: readonly ShiftFault[] }) {
  const { t } = useLingui()
  const { label } = useWords()
  if (faults.length === 0) {
    return (
      <p className="pb-3 text-13 text-good">
        ✓ {t`Mọi thời điểm đều có người trực, ai cũng được nghỉ đủ.`}
      </p>
    )
  }
  const rest = faults.length - shown
  return (
    <section aria-label={t`Chỗ cần sửa`} className="mb-3 rounded-control bg-medium-soft px-3 py-2">
      <h2 className="flex items-center gap-2 text-13 text-medium">
        <TriangleAlert aria-hidden="true" className="size-4" />
        <Plural value={faults.length} other="# chỗ cần sửa" />
      </h2>
      <ul className="pt-1 text-13">
        {faults.slice(0, shown).map(({ kind, from, to, person, clause }) => (
          <li key={`${kind} ${from} ${person?.id}`} title={clause}>
            {label('shiftFault', kind)}
            {person ? ` (${person.name})` : ''}: {dateTime(from)} – {dateTime(to)}
            {clause ? <span className="text-ink-2"> · {clause}</span> : null}
          </li>
        ))}
      </ul>
      {rest > 0 ? (
        <p className="text-12 text-ink-2">
          <Plural value={rest} other="và # chỗ nữa" />
        </p>
      ) : null}
    </section>
  )
}

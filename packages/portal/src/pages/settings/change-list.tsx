import type { RegulationChange } from '@haidang/contracts/regulation-api'
import { useLingui } from '@lingui/react/macro'
import { Pill, type Tone } from '../../components/pill.tsx'
import { useWords } from '../../language/use-words.ts'
import { fieldWords } from './field-words.ts'

const tones: Record<RegulationChange['what'], Tone> = {
  added: 'good',
  removed: 'critical',
  changed: 'medium',
}
const most = 100

/** What differs between two versions, entry by entry, field by field. */
export function ChangeList({ changes }: { changes: readonly RegulationChange[] }) {
  const { t } = useLingui()
  const { label, language, number } = useWords()
  const shown = (field: string, value: unknown) => {
    if (value === null || value === undefined || value === '') return '—'
    return typeof value === 'string' ? fieldWords(field, value, language) : JSON.stringify(value)
  }
  if (changes.length === 0) return <p className="py-1 text-13 text-ink-3">{t`Không khác gì.`}</p>
  return (
    <ul className="flex flex-col gap-1.5 py-1 text-13">
      {changes.slice(0, most).map(({ section, id, what, fields }) => (
        <li key={`${section} ${id}`}>
          <p className="flex flex-wrap items-center gap-2">
            <Pill tone={tones[what]}>{label('regulationChange', what)}</Pill>
            <span className="text-12 text-ink-3">{label('regulationSection', section)}</span>
            <span className="break-all font-mono text-12">{id}</span>
          </p>
          {what === 'changed' ? (
            <ul className="pl-3 text-12 text-ink-2">
              {fields.map(({ field, before, after }) => (
                <li key={field} className="break-words">
                  {label('regulationField', field)}: <del>{shown(field, before)}</del> →{' '}
                  {shown(field, after)}
                </li>
              ))}
            </ul>
          ) : null}
        </li>
      ))}
      {changes.length > most ? (
        <li className="text-12 text-ink-3">{t`và ${number(changes.length - most)} mục nữa`}</li>
      ) : null}
    </ul>
  )
}

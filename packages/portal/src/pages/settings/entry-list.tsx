import { foldVietnamese } from '@haidang/contracts/fold'
import type { LabelKind } from '@haidang/contracts/labels'
import {
  type DatedEntry,
  type Regulation,
  type RegulationSection,
  regulationSections,
} from '@haidang/contracts/regulation'
import { useLingui } from '@lingui/react/macro'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { NoMatch } from '../../components/states.tsx'
import { useWords } from '../../language/use-words.ts'
import { type EntryField, entryFields, shownValue } from './entry-fields.ts'
import { fieldWords } from './field-words.ts'
import { useValidity } from './use-validity.ts'

interface EntryListProps {
  readonly regulation: Regulation
  readonly sought: string
  readonly onClear: () => void
  /** `at` undefined: a new entry. */
  readonly onEdit: (section: RegulationSection, at: number | undefined) => void
  readonly onRemove: (section: RegulationSection, at: number) => void
}

/** Every entry of a profile by section, narrowed by words of its name, code and clause. */
export function EntryList({ regulation, sought, onClear, onEdit, onRemove }: EntryListProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const refusal = useRefusal()('setting.manage')
  const words = foldVietnamese(sought.trim())
  const found = regulationSections.map((section) => ({
    section,
    entries: (regulation[section] as DatedEntry[])
      .map((entry, at) => ({ entry, at }))
      .filter(({ entry }) => words === '' || foldedOf(entry).includes(words)),
  }))
  if (words !== '' && found.every(({ entries }) => entries.length === 0)) {
    return <NoMatch onClear={onClear} />
  }
  return found
    .filter(({ entries }) => words === '' || entries.length > 0)
    .map(({ section, entries }) => (
      <Section
        key={section}
        title={label('regulationSection', section)}
        count={entries.length}
        acts={
          <Button size="small" refusal={refusal} onClick={() => onEdit(section, undefined)}>
            {t`Thêm mục…`}
          </Button>
        }
      >
        <ul className="divide-y divide-line">
          {entries.map(({ entry, at }) => (
            <li
              key={`${entry.id} ${entry.valid_from ?? ''}`}
              className="flex items-start gap-2 py-2"
            >
              <Entry entry={entry} section={section} />
              <span className="flex shrink-0">
                <Button
                  look="quiet"
                  size="small"
                  refusal={refusal}
                  aria-label={t`Sửa ${entry.id}`}
                  onClick={() => onEdit(section, at)}
                >{t`Sửa…`}</Button>
                <Button
                  look="quiet"
                  size="small"
                  refusal={refusal}
                  aria-label={t`Bỏ ${entry.id}`}
                  onClick={() => onRemove(section, at)}
                >{t`Bỏ`}</Button>
              </span>
            </li>
          ))}
        </ul>
      </Section>
    ))
}

function Entry({ entry, section }: { entry: DatedEntry; section: RegulationSection }) {
  const { t } = useLingui()
  const { language } = useWords()
  const dates = useValidity()(entry)
  return (
    <div className="min-w-0 flex-1">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium">{entry.name[language]}</span>
        <span className="font-mono text-12 text-ink-3">{entry.id}</span>
        {entry.provisional ? <Pill tone="medium">{t`tạm thời`}</Pill> : null}
      </p>
      <EntryWords entry={entry} section={section} />
      <p className="break-words text-12 text-ink-3">
        {[entry.clause, dates].filter(Boolean).join(' · ')}
      </p>
      {entry.provisional ? (
        <p className="break-words text-12 text-medium">{entry.provisional[language]}</p>
      ) : null}
    </div>
  )
}

/** What an entry says beyond its name, as a line of names and values. */
function EntryWords({ entry, section }: { entry: DatedEntry; section: RegulationSection }) {
  const { label, language } = useWords()
  const said = entryFields[section]
    .map((field) => ({ field, value: shownValue(entry, field) }))
    .filter(({ value, field }) => value !== '' && value !== 'false' && !isUsual(field, value))
  if (said.length === 0) return null
  return (
    <p className="break-words text-13 text-ink-2">
      {said
        .map(({ field, value }) => {
          const plain = fieldWords(field.name, value, language)
          const words = field.words ? inWords(label, field.words, value) : plain
          return `${label('regulationField', field.name)}: ${words.replaceAll('\n', ', ')}`
        })
        .join(' · ')}
    </p>
  )
}

function inWords(
  label: (kind: LabelKind, value: string) => string,
  words: LabelKind,
  value: string,
): string {
  return value
    .split(', ')
    .map((one) => label(words, one))
    .join(', ')
}

function isUsual({ name }: EntryField, value: string): boolean {
  return (name === 'grace' && value === 'PT0S') || (name === 'counted' && value === 'calendar')
}

function foldedOf({ id, name, clause }: DatedEntry): string {
  return foldVietnamese(`${id} ${name.vi} ${name.en} ${clause}`)
}

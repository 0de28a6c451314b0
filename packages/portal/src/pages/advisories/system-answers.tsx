import type { AdvisoryAddressee, AssessedSystem, Assessment } from '@haidang/contracts/advisory'
import { labels } from '@haidang/contracts/labels'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useMay } from '../../api/session.ts'
import { Select } from '../../components/field.tsx'
import { text } from '../../components/form.ts'
import { useWords } from '../../language/use-words.ts'

interface SystemAnswersProps {
  readonly own: AdvisoryAddressee
  readonly onChange: (isAny: boolean) => void
}

/** The same question for each information system of the register; what is found gravest holds for all. */
export function SystemAnswers({ own, onChange }: SystemAnswersProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const may = useMay()
  const query = useQuery({
    queryKey: ['systems', 'of', own.organisation_id],
    queryFn: ({ signal }) =>
      api.systems.list(
        { query: { limit: 500, filter: `organisation_id:${own.organisation_id}` } },
        signal,
      ),
    enabled: may('system.read'),
  })
  const said = new Map(own.systems.map(({ name, assessment }) => [name, assessment]))
  const listed = query.data?.items.map(({ name }) => name) ?? []
  const names = [...new Set([...said.keys(), ...listed])]
  if (names.length === 0) return null
  return (
    <details open={said.size > 0}>
      <summary className="min-h-6 cursor-pointer text-13 text-accent">
        {t`Trả lời theo từng hệ thống thông tin`}
      </summary>
      <ul
        className="max-h-72 divide-y divide-line overflow-y-auto"
        onChange={(event) => {
          const selects = event.currentTarget.querySelectorAll('select')
          onChange([...selects].some(({ value }) => value !== ''))
        }}
      >
        {names.map((name) => (
          <li key={name} className="flex flex-wrap items-center justify-between gap-x-4 py-1.5">
            <span className="min-w-0 flex-1 basis-40 break-words text-13">{name}</span>
            <Select
              name={`system.${name}`}
              aria-label={t`Hệ thống ${name}`}
              defaultValue={said.get(name) ?? ''}
              className="w-44"
            >
              <option value="">{t`Chưa rõ`}</option>
              {Object.keys(labels.assessment).map((one) => (
                <option key={one} value={one}>
                  {label('assessment', one)}
                </option>
              ))}
            </Select>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** What a form says of each system. */
export function systemsIn(form: FormData): AssessedSystem[] {
  return [...form.keys()].flatMap((field) => {
    const assessment = text(form, field)
    if (!field.startsWith('system.') || assessment === '') return []
    return [{ name: field.slice('system.'.length), assessment: assessment as Assessment }]
  })
}

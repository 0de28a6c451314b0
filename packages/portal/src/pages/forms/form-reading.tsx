import { type FormContent, isEmpty, partsOf, rowsOf, saidBy } from '@haidang/contracts/form-content'
import type { FormDefinition, FormField } from '@haidang/contracts/form-definition'
import { columnsOf, type Part } from '@haidang/contracts/form-shape'
import type { Language } from '@haidang/contracts/person'
import { Section } from '../../components/page.tsx'
import { plainDate } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { partName } from './field-name.ts'

interface FormReadingProps {
  readonly definition: FormDefinition
  readonly content: FormContent
}

/** What a form says, section by section, to be read. */
export function FormReading({ definition, content }: FormReadingProps) {
  const { language } = useWords()
  return (
    <div className="flex max-w-3xl flex-col gap-8">
      {definition.sections.map((section) => (
        <Section
          key={section.key}
          title={[section.clause, section.title[language]].filter(Boolean).join('. ')}
        >
          <dl className="flex flex-col gap-2 py-2 text-13">
            {section.fields.map((field) => (
              <div key={field.key} className="grid gap-x-4 sm:grid-cols-[220px_minmax(0,1fr)]">
                <dt className="text-ink-3">{field.label[language]}</dt>
                <dd className="min-w-0 whitespace-pre-wrap break-words">
                  <Said field={field} content={content} language={language} />
                </dd>
              </div>
            ))}
          </dl>
        </Section>
      ))}
    </div>
  )
}

interface SaidProps {
  readonly field: FormField
  readonly content: FormContent
  readonly language: Language
}

/** What one field says. */
export function Said({ field, content, language }: SaidProps) {
  const value = saidBy(content, field.key)
  if (value === undefined || isEmpty(value)) return <span className="text-ink-3">—</span>
  const columns = columnsOf(field)
  if (field.kind === 'table' || field.kind === 'file') {
    return (
      <div className="overflow-x-auto">
        <table className="w-full border-collapse text-left">
          <thead>
            <tr>
              {columns.map(({ key }) => (
                <th
                  key={key}
                  scope="col"
                  className="border border-line-strong px-2 py-1 font-medium"
                >
                  {partName(field, key, language)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rowsOf(value).map((row, at) => (
              <tr key={`${field.key}.${at}`}>
                {columns.map((column) => (
                  <td key={column.key} className="border border-line-strong px-2 py-1 align-top">
                    {cellText(column, row[column.key], language)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )
  }
  if (columns.length > 0) {
    const parts = partsOf(value)
    const told = columns.filter(({ key }) => key !== 'id' && (parts[key] ?? '') !== '')
    return told.map(({ key }) => `${partName(field, key, language)}: ${parts[key]}`).join('\n')
  }
  return [value]
    .flat()
    .map((each) => (typeof each === 'object' ? '' : cellText(field, each, language)))
    .join('; ')
}

function cellText(part: Part, cell: string | number | undefined, language: Language): string {
  if (cell === undefined || cell === '') return ''
  if (part.kind === 'date' && typeof cell === 'string') return plainDate(cell)
  return part.options.find(({ id }) => id === cell)?.name[language] ?? `${cell}`
}

import { type FormRow, type FormValue, rowsOf } from '@haidang/contracts/form-content'
import type { FormField } from '@haidang/contracts/form-definition'
import { columnsOf } from '@haidang/contracts/form-shape'
import { useLingui } from '@lingui/react/macro'
import { Plus, X } from 'lucide-react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import type { Errors } from '../../components/form.ts'
import { useWords } from '../../language/use-words.ts'
import { CellInput } from './cell-input.tsx'
import { partName } from './field-name.ts'

interface RowFieldsProps {
  readonly field: FormField
  readonly value: FormValue | undefined
  readonly wrong: Errors
  readonly onChange: (rows: FormRow[]) => void
}

/** The rows of a table, or files by name and SHA-256: one group of fields each; rows come and go. */
export function RowFields({ field, value, wrong, onChange }: RowFieldsProps) {
  const { t } = useLingui()
  const { language } = useWords()
  const { key, label, help, clause, most } = field
  const rows = rowsOf(value)
  const columns = columnsOf(field)
  const put = (at: number, column: string, cell: string | number) =>
    onChange(rows.map((row, place) => (place === at ? { ...row, [column]: cell } : row)))
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="pb-1 font-medium text-13">
        {clause ? `${clause}. ` : ''}
        {label[language]}
        <span className="ml-2 font-normal text-12 text-ink-3">{rows.length}</span>
      </legend>
      {help ? <p className="text-12 text-ink-3">{help[language]}</p> : null}
      {rows.map((row, at) => {
        const number = at + 1
        return (
          <div
            key={`${key}.${at}`}
            className="grid items-start gap-3 rounded-control border p-3 sm:grid-cols-2"
          >
            {columns.map((column) => {
              const name = `${key}.${at}.${column.key}`
              return (
                <Field
                  key={column.key}
                  label={partName(field, column.key, language)}
                  error={wrong[name]}
                >
                  <CellInput
                    part={column}
                    name={name}
                    value={row[column.key] ?? ''}
                    onChange={(cell) => put(at, column.key, cell)}
                  />
                </Field>
              )
            })}
            <Button
              size="small"
              look="quiet"
              className="justify-self-start"
              onClick={() => onChange(rows.filter((_, place) => place !== at))}
            >
              <X aria-hidden="true" className="size-4" />
              {t`Bỏ dòng ${number}`}
            </Button>
          </div>
        )
      })}
      {rows.length < most ? (
        <Button
          size="small"
          className="self-start"
          name={key}
          onClick={() => onChange([...rows, {}])}
        >
          <Plus aria-hidden="true" className="size-4" />
          {t`Thêm dòng`}
        </Button>
      ) : null}
    </fieldset>
  )
}

import { ColumnTarget } from '@haidang/contracts/record-reading'
import type { PastedSurvey } from '@haidang/contracts/source-samples'
import { useLingui } from '@lingui/react/macro'
import { Select } from '../../components/field.tsx'
import { Scrolled } from '../../components/scrolled.tsx'
import { type SetReading, usualCsv } from './set-reading.ts'

interface ColumnTargetsProps {
  readonly columns: PastedSurvey['columns']
  readonly set: SetReading
  readonly onSet: (set: SetReading) => void
}

/** Where the value of each column goes. The first choice writes down where all go now, so that none is lost by it. */
export function ColumnTargets({ columns, set, onSet }: ColumnTargetsProps) {
  const { t } = useLingui()
  const csv = set.reading.csv ?? usualCsv
  const put = (column: string, to: ColumnTarget | undefined) => {
    const current = columns.flatMap((each) =>
      each.to === null ? [] : [{ column: each.column, to: each.to }],
    )
    // Their order counts: several columns of one target are joined in it.
    const known = csv.mapping.length > 0 ? csv.mapping : current
    const isKnown = known.some((each) => each.column === column)
    const kept = known.filter((each) => to !== undefined || each.column !== column)
    const mapping =
      to === undefined || isKnown
        ? kept.map((each) => (each.column === column ? { column, to: to ?? each.to } : each))
        : [...kept, { column, to }]
    const next = { ...csv, mapping }
    onSet({ ...set, reading: { ...set.reading, csv: next } })
  }
  const attributes = ColumnTarget.options.filter((to) => !to.startsWith('observable:'))
  const observables = ColumnTarget.options.filter((to) => to.startsWith('observable:'))
  return (
    <Scrolled label={t`Cột nào vào đâu`}>
      <table className="w-full text-left text-13">
        <thead className="text-12 text-ink-3">
          <tr className="border-b">
            <th scope="col" className="py-1 font-medium">{t`Cột`}</th>
            <th scope="col" className="hidden py-1 pl-3 font-medium sm:table-cell">{t`Ví dụ`}</th>
            <th scope="col" className="py-1 pl-3 font-medium">{t`Vào`}</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {columns.map(({ column, to, example }, at) => (
            <tr key={`${at} ${column}`}>
              <th scope="row" className="max-w-40 break-words py-1 font-mono font-normal text-12">
                {column}
                <span className="block truncate text-ink-3 sm:hidden">{example}</span>
              </th>
              <td
                className="hidden max-w-40 truncate py-1 pl-3 font-mono text-12 sm:table-cell"
                title={example}
              >
                {example}
              </td>
              <td className="py-1 pl-3">
                <Select
                  aria-label={t`Cột ${column} vào đâu`}
                  value={to ?? ''}
                  onChange={(event) => put(column, targetOf(event.currentTarget.value))}
                  className="min-w-40"
                >
                  <option value="">{t`giữ nguyên tên`}</option>
                  <optgroup label={t`Thuộc tính`}>
                    {attributes.map((each) => (
                      <option key={each}>{each}</option>
                    ))}
                  </optgroup>
                  <optgroup label={t`Giá trị quan sát`}>
                    {observables.map((each) => (
                      <option key={each} value={each}>
                        {each.slice('observable:'.length)}
                      </option>
                    ))}
                  </optgroup>
                </Select>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  )
}

function targetOf(value: string): ColumnTarget | undefined {
  return ColumnTarget.safeParse(value).data
}

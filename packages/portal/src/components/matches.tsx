import type { Match } from '@haidang/contracts/alert'
import { useLingui } from '@lingui/react/macro'

/** Which field met which pattern, and in which selection of the rule. */
export function Matches({ matches }: { matches: readonly Match[] }) {
  const { t } = useLingui()
  if (matches.length === 0) return null
  return (
    <table className="w-full table-fixed text-13">
      <thead className="text-left text-12 text-ink-3">
        <tr className="border-b">
          <th className="w-1/4 py-1 pr-3 font-medium">{t`Trường`}</th>
          <th className="w-2/5 py-1 pr-3 font-medium">{t`Giá trị trong bản ghi`}</th>
          <th className="py-1 font-medium">{t`Mẫu của luật`}</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line font-mono text-12">
        {matches.map(({ field, value, pattern, selection }) => (
          <tr key={`${selection} ${field} ${pattern} ${value}`} className="align-top">
            <td className="break-words py-1.5 pr-3 text-ink-2">{field}</td>
            <td className="py-1.5 pr-3">
              <mark className="box-decoration-clone break-all rounded-[2px] bg-mark px-1 text-ink">
                {value}
              </mark>
            </td>
            <td className="break-all py-1.5 text-ink-2">
              {pattern}
              <span className="block text-ink-3">{selection}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

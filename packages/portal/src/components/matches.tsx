import type { Match } from '@haidang/contracts/alert'
import { useLingui } from '@lingui/react/macro'
import { matchedSpan } from './matched-span.ts'

interface MatchesProps {
  readonly matches: readonly Match[]
  /** False: these are what failed, and nothing in their values was met. */
  readonly met?: boolean
}

/** Which field met which pattern, where in its value, and in which selection of the rule. */
export function Matches({ matches, met = true }: MatchesProps) {
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
        {matches.map((match) => (
          <tr
            key={`${match.selection} ${match.field} ${match.pattern} ${match.value}`}
            className="align-top"
          >
            <td className="break-words py-1.5 pr-3 text-ink-2">{match.field}</td>
            <td className="break-all py-1.5 pr-3">
              {met ? <Met match={match} /> : match.value || <NoValue />}
            </td>
            <td className="break-all py-1.5 text-ink-2">
              {match.pattern}
              <span className="block text-ink-3">{match.selection}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Met({ match }: { match: Match }) {
  const { value } = match
  const { start, end } = matchedSpan(match) ?? { start: 0, end: value.length }
  return (
    <>
      {value.slice(0, start)}
      <mark className="box-decoration-clone rounded-[2px] bg-mark px-0.5 text-ink">
        {value.slice(start, end)}
      </mark>
      {value.slice(end)}
    </>
  )
}

function NoValue() {
  const { t } = useLingui()
  return <span className="font-sans text-ink-3">{t`không có giá trị`}</span>
}

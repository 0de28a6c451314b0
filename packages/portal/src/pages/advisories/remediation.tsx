import type { Advisory, AdvisoryTally } from '@haidang/contracts/advisory'
import { labels } from '@haidang/contracts/labels'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Section } from '../../components/page.tsx'
import { Scrolled } from '../../components/scrolled.tsx'
import { LoadingRows } from '../../components/states.tsx'
import { useWords } from '../../language/use-words.ts'

/** How far remediation is: kinds of organisations against what they answered. */
export function Remediation({ advisory }: { advisory: Advisory }) {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: ['advisories', 'remediation', advisory.id, advisory.version],
    queryFn: ({ signal }) => api.advisories.remediation({ params: { id: advisory.id } }, signal),
  })
  return (
    <Section title={t`Tình hình khắc phục`}>
      <Asked query={query} loading={<LoadingRows rows={3} />}>
        {({ items }) => <Table rows={items} all={advisory.tally} />}
      </Asked>
    </Section>
  )
}

type Row = Awaited<ReturnType<typeof api.advisories.remediation>>['items'][number]

function Table({ rows, all }: { rows: readonly Row[]; all: AdvisoryTally }) {
  const { t } = useLingui()
  const { label, number } = useWords()
  const assessments = Object.keys(labels.assessment) as (keyof typeof labels.assessment)[]
  const columns: readonly {
    readonly name: string
    readonly of: (tally: AdvisoryTally) => number
  }[] = [
    { name: t`Nơi nhận`, of: (tally) => tally.addressees },
    { name: t`Chưa trả lời`, of: (tally) => tally.silent + tally.undelivered },
    { name: t`Quá hạn`, of: (tally) => tally.overdue },
    ...assessments.map((one) => ({
      name: label('assessment', one),
      of: (tally: AdvisoryTally) => tally.assessments[one] ?? 0,
    })),
    { name: t`Đã xong`, of: (tally) => tally.settled },
  ]
  const line = (tally: AdvisoryTally) =>
    columns.map(({ name, of }) => (
      <td key={name} className="px-1.5 py-1.5 text-right tabular-nums">
        {of(tally) === 0 ? <span className="text-ink-3">0</span> : number(of(tally))}
      </td>
    ))
  return (
    <Scrolled label={t`Tình hình khắc phục theo loại tổ chức`} className="overflow-x-auto">
      <table className="w-full text-13">
        <thead className="text-12 text-ink-3">
          <tr className="border-b">
            <th
              scope="col"
              className="py-1 pr-2 text-left align-bottom font-medium"
            >{t`Loại tổ chức`}</th>
            {columns.map(({ name }) => (
              <th
                key={name}
                scope="col"
                className="px-1.5 py-1 text-right align-bottom font-medium"
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map(({ organisation_kind, tally }) => (
            <tr key={organisation_kind}>
              <th scope="row" className="py-1.5 pr-2 text-left font-normal">
                {label('organisationKind', organisation_kind)}
              </th>
              {line(tally)}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="border-t font-semibold">
            <th scope="row" className="py-1.5 pr-2 text-left font-semibold">{t`Tất cả`}</th>
            {line(all)}
          </tr>
        </tfoot>
      </table>
    </Scrolled>
  )
}

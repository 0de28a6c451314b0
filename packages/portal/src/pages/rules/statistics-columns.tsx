import type { RuleStatistics } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'

/** Columns of how rules did. */
export function useStatisticsColumns(): readonly Column<RuleStatistics>[] {
  const { t } = useLingui()
  const { number } = useWords()
  return useMemo(
    () => [
      {
        id: 'title',
        header: t`Luật`,
        width: 'minmax(200px,3fr)',
        fixed: true,
        cell: (rule) => <Title rule={rule} />,
      },
      {
        id: 'fired',
        header: t`Đã nổ`,
        width: '80px',
        align: 'right',
        cell: ({ fired }) => <Figure value={fired} />,
      },
      {
        id: 'clusters',
        header: t`Cụm`,
        width: '72px',
        from: 760,
        align: 'right',
        cell: ({ clusters }) => <Figure value={clusters} />,
      },
      {
        id: 'false',
        header: t`Đóng vì sai`,
        width: '116px',
        align: 'right',
        cell: ({ closed_false }) => <Figure value={closed_false} />,
      },
      {
        id: 'cost',
        header: t`µs/lần thử`,
        width: '88px',
        align: 'right',
        cell: ({ cost_us }) => (cost_us === null ? <None /> : number(cost_us, 2)),
      },
      {
        id: 'share',
        header: t`% thời gian`,
        width: '96px',
        align: 'right',
        cell: ({ cost_share }) => (cost_share === null ? <None /> : number(cost_share * 100, 2)),
      },
      {
        id: 'last',
        header: t`Lần cuối`,
        width: '104px',
        from: 860,
        cell: ({ last_fired_at }) =>
          last_fired_at ? <Time at={last_fired_at} className="text-ink-2" /> : <None />,
      },
    ],
    [t, number],
  )
}

function Title({ rule: { rule_id, title } }: { rule: RuleStatistics }) {
  return (
    <Link
      to="/rules/library/$id"
      params={{ id: rule_id }}
      className="truncate font-medium hover:underline"
    >
      {title}
    </Link>
  )
}

function Figure({ value }: { value: number }) {
  const { number } = useWords()
  return value > 0 ? number(value) : <span className="text-ink-3">0</span>
}

function None() {
  return <span className="text-ink-3">—</span>
}

/** How a rule did, in two lines. */
export function StatisticsLine({ rule }: { rule: RuleStatistics }) {
  const { t } = useLingui()
  const { number } = useWords()
  const { fired, closed_false, cost_us, cost_share } = rule
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <Title rule={rule} />
        <span className="ml-auto shrink-0 text-12 text-ink-2">×{number(fired)}</span>
      </div>
      <div className="flex items-center gap-2 text-12 text-ink-2">
        <span className="truncate">{t`${number(closed_false)} đóng vì sai`}</span>
        {cost_us === null ? null : (
          <span className="ml-auto shrink-0">
            {number(cost_us, 2)} µs · {number((cost_share ?? 0) * 100, 2)} %
          </span>
        )}
      </div>
    </div>
  )
}

import type { LibraryRule, RuleStatistics } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { SeverityMark } from '../../components/severity.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { LibraryStatus } from './library-status.tsx'
import { logsourceText, techniquesText } from './rule-state.tsx'

type Statistics = ReadonlyMap<string, RuleStatistics>

/** Columns of the library; what a rule costs is shown where any of it is measured. */
export function useLibraryColumns(statistics: Statistics): readonly Column<LibraryRule>[] {
  const { t } = useLingui()
  const { number } = useWords()
  return useMemo(() => {
    const isMeasured = [...statistics.values()].some(({ cost_us }) => cost_us !== null)
    const cost: Column<LibraryRule> = {
      id: 'cost',
      header: t`µs/lần thử`,
      width: '80px',
      from: 1240,
      align: 'right',
      cell: ({ id }) => {
        const cost_us = statistics.get(id)?.cost_us ?? null
        return cost_us === null ? '—' : number(cost_us, 2)
      },
    }
    return [
      {
        id: 'severity',
        header: t`Mức`,
        width: '40px',
        fixed: true,
        cell: ({ severity }) => <SeverityMark severity={severity} />,
      },
      {
        id: 'title',
        header: t`Luật`,
        width: 'minmax(200px,3fr)',
        fixed: true,
        cell: ({ id, title }) => (
          <Link to="/rules/library/$id" params={{ id }} className="font-medium hover:underline">
            {title}
          </Link>
        ),
      },
      {
        id: 'status',
        header: t`Trạng thái`,
        width: '116px',
        fixed: true,
        cell: (rule) => <LibraryStatus rule={rule} />,
      },
      {
        id: 'version',
        header: t`Bản / đã phát`,
        width: '92px',
        from: 700,
        align: 'right',
        cell: ({ version, published_version }) => (
          <span className="text-ink-2">
            {version} / {published_version ?? '—'}
          </span>
        ),
      },
      {
        id: 'fired',
        header: t`Nổ 7 ngày`,
        width: '72px',
        align: 'right',
        cell: ({ id }) => <Count value={statistics.get(id)?.fired} />,
      },
      {
        id: 'false',
        header: t`Đóng vì sai`,
        width: '108px',
        from: 890,
        align: 'right',
        cell: ({ id }) => <Count value={statistics.get(id)?.closed_false} />,
      },
      ...(isMeasured ? [cost] : []),
      {
        id: 'logsource',
        header: t`Nguồn nhật ký`,
        width: 'minmax(120px,1.2fr)',
        from: 1110,
        cell: (rule) => <span className="font-mono text-12 text-ink-2">{logsourceText(rule)}</span>,
      },
      {
        id: 'tags',
        header: 'ATT&CK',
        width: 'minmax(88px,1fr)',
        from: 1240,
        cell: ({ tags }) => (
          <span className="font-mono text-12 text-ink-2">{techniquesText(tags)}</span>
        ),
      },
      {
        id: 'author',
        header: t`Người viết`,
        width: 'minmax(96px,1fr)',
        from: 970,
        cell: ({ author_name }) => <span className="text-ink-2">{author_name}</span>,
      },
      {
        id: 'updated',
        header: t`Cập nhật`,
        width: '96px',
        from: 780,
        cell: ({ updated_at }) => <Time at={updated_at} className="text-ink-2" />,
      },
    ]
  }, [t, number, statistics])
}

function Count({ value }: { value: number | undefined }) {
  const { compact } = useWords()
  return value ? compact(value) : <span className="text-ink-3">{value ?? '—'}</span>
}

interface LibraryLineProps {
  readonly rule: LibraryRule
  readonly statistics: RuleStatistics | undefined
}

/** A rule in two lines. */
export function LibraryLine({ rule, statistics }: LibraryLineProps) {
  const { compact } = useWords()
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <SeverityMark severity={rule.severity} />
        <Link
          to="/rules/library/$id"
          params={{ id: rule.id }}
          className="truncate font-medium hover:underline"
        >
          {rule.title}
        </Link>
        <span className="ml-auto text-12 text-ink-2">×{compact(statistics?.fired ?? 0)}</span>
      </div>
      <div className="flex items-center gap-2 text-12 text-ink-2">
        <span className="truncate font-mono">{logsourceText(rule)}</span>
        <span className="ml-auto shrink-0">
          <LibraryStatus rule={rule} />
        </span>
      </div>
    </div>
  )
}

import type { RuleSet } from '@haidang/contracts/rule-set'
import { useLingui } from '@lingui/react/macro'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { List } from '../../components/list.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { PublishButton } from './publish.tsx'
import { RingReached } from './ring-reached.tsx'

const idOf = ({ number }: RuleSet) => String(number)

/** Numbered versions of the rules, newest first, and how far each went. */
export function SetsTab() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const pages = usePages({
    queryKey: ['rule-sets', 'list'],
    read: (cursor, signal) => api.ruleSets.list({ query: { limit: 100, cursor } }, signal),
  })
  const columns = useSetColumns()
  return (
    <List
      pages={pages}
      name="rule-sets"
      label={t`Bộ luật đã phát hành`}
      idOf={idOf}
      columns={columns}
      compact={(set) => <SetLine set={set} />}
      onOpen={(set) => void navigate({ to: '/rules/sets/$number', params: { number: idOf(set) } })}
      empty={
        <Empty title={t`Chưa phát hành bộ luật nào`} act={<PublishButton />}>
          {t`Bộ luật gom mọi luật đã duyệt thành một bản có số và chữ ký, phát tới trạm theo từng vòng.`}
        </Empty>
      }
    />
  )
}

function Name({ set }: { set: RuleSet }) {
  const { t } = useLingui()
  return (
    <Link
      to="/rules/sets/$number"
      params={{ number: idOf(set) }}
      className="font-medium hover:underline"
    >
      {t`Bộ luật ${set.number}`}
    </Link>
  )
}

function useSetColumns(): readonly Column<RuleSet>[] {
  const { t } = useLingui()
  const { number } = useWords()
  return useMemo(
    () => [
      {
        id: 'number',
        header: t`Bộ luật`,
        width: '104px',
        fixed: true,
        cell: (set) => <Name set={set} />,
      },
      {
        id: 'ring',
        header: t`Đã phát tới`,
        width: '124px',
        fixed: true,
        cell: (set) => <RingReached set={set} />,
      },
      {
        id: 'rules',
        header: t`Luật`,
        width: '64px',
        align: 'right',
        cell: ({ rules }) => number(rules),
      },
      {
        id: 'tunings',
        header: t`Tinh chỉnh`,
        width: '80px',
        from: 760,
        align: 'right',
        cell: ({ tunings }) => number(tunings),
      },
      {
        id: 'note',
        header: t`Ghi chú`,
        width: 'minmax(140px,3fr)',
        cell: (set) => <Note set={set} />,
      },
      {
        id: 'by',
        header: t`Người phát hành`,
        width: 'minmax(110px,1fr)',
        from: 840,
        cell: ({ published_by }) => <span className="text-ink-2">{published_by}</span>,
      },
      {
        id: 'at',
        header: t`Phát hành lúc`,
        width: '128px',
        cell: ({ published_at }) => <Time at={published_at} as="absolute" className="text-ink-2" />,
      },
    ],
    [t, number],
  )
}

function Note({ set: { note, restores } }: { set: RuleSet }) {
  const { t } = useLingui()
  return (
    <span title={note}>
      {restores === null ? null : (
        <span className="text-ink-3">{t`Lấy lại nội dung bộ ${restores}`} · </span>
      )}
      {note}
    </span>
  )
}

function SetLine({ set }: { set: RuleSet }) {
  const { t } = useLingui()
  const { number } = useWords()
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <Name set={set} />
        <span className="text-12 text-ink-2">{t`${number(set.rules)} luật`}</span>
        <span className="ml-auto">
          <RingReached set={set} />
        </span>
      </div>
      <div className="flex items-center gap-2 text-12 text-ink-2">
        <span className="truncate">
          <Note set={set} />
        </span>
        <Time at={set.published_at} as="absolute" className="ml-auto shrink-0" />
      </div>
    </div>
  )
}

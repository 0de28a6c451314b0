import type { LabelKind } from '@haidang/contracts/labels'
import type { WorkItem, WorkKind } from '@haidang/contracts/my-work'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { Pill, SimulatedRow } from '../../components/pill.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { WorkAnswer } from './work-answer.tsx'
import { pageOf } from './work-page.ts'

const stepWords: Record<WorkKind, LabelKind> = {
  task: 'taskState',
  order: 'ladderStep',
  advisory: 'advisoryStep',
  effort: 'effortState',
  deadline: 'deadlineState',
  approval: 'approvalState',
}

function WorkDue({ item }: { item: WorkItem }) {
  if (item.due_at === null) return <span className="text-ink-3">—</span>
  return (
    <Time at={item.due_at} className={item.late ? 'font-medium text-critical' : 'text-ink-2'} />
  )
}

function WorkTitle({ item }: { item: WorkItem }) {
  const { t } = useLingui()
  const { language } = useWords()
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Link to={pageOf(item)} className="min-w-0 truncate font-medium hover:underline">
        {item.title[language]}
      </Link>
      {item.personal ? <Pill tone="accent">{t`Của tôi`}</Pill> : null}
      {item.simulated ? <SimulatedRow /> : null}
    </span>
  )
}

export function useWorkColumns(): readonly Column<WorkItem>[] {
  const { t } = useLingui()
  const { label } = useWords()
  return useMemo<readonly Column<WorkItem>[]>(
    () => [
      {
        id: 'due',
        header: t`Hạn`,
        width: '116px',
        cell: (item) => <WorkDue item={item} />,
      },
      {
        id: 'title',
        header: t({ message: 'Việc', context: 'mine' }),
        width: 'minmax(200px,3fr)',
        fixed: true,
        cell: (item) => <WorkTitle item={item} />,
      },
      {
        id: 'kind',
        header: t`Loại`,
        width: '150px',
        from: 760,
        cell: ({ kind }) => <span className="text-ink-2">{label('workKind', kind)}</span>,
      },
      {
        id: 'number',
        header: t`Số`,
        width: '124px',
        from: 860,
        cell: ({ number }) => <span className="font-mono text-12">{number}</span>,
      },
      {
        id: 'from',
        header: t`Ai cần`,
        width: 'minmax(120px,1.2fr)',
        from: 1000,
        cell: ({ kind, from_name }) => (
          <span className="text-ink-2">
            {kind === 'deadline' ? t({ message: 'Quy định', context: 'law' }) : from_name}
          </span>
        ),
      },
      {
        id: 'assignee',
        header: t`Phụ trách`,
        width: '120px',
        from: 1160,
        cell: ({ assignee_name }) => assignee_name ?? '—',
      },
      {
        id: 'step',
        header: t`Tình trạng`,
        width: '112px',
        from: 700,
        cell: ({ kind, step, late }) => (
          <Pill tone={late ? 'critical' : 'neutral'}>{label(stepWords[kind], step)}</Pill>
        ),
      },
      {
        id: 'answer',
        header: t`Trả lời`,
        width: '116px',
        fixed: true,
        cell: (item) => <WorkAnswer item={item} />,
      },
    ],
    [t, label],
  )
}

/** Something wanted, on a telephone. */
export function WorkLine({ item }: { item: WorkItem }) {
  const { label } = useWords()
  return (
    <div className="flex items-center gap-2">
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <WorkTitle item={item} />
        <div className="flex min-w-0 items-center gap-2 text-12 text-ink-2">
          <span className="shrink-0">
            <WorkDue item={item} />
          </span>
          <span className="truncate">
            {label('workKind', item.kind)} {item.number}
          </span>
        </div>
      </div>
      <WorkAnswer item={item} />
    </div>
  )
}

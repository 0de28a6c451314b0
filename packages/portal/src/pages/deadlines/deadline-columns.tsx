import type { DeadlineState, RunningDeadline } from '@haidang/contracts/deadline'
import { millisecondsOf } from '@haidang/contracts/instant'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { Pill, SimulatedRow, type Tone } from '../../components/pill.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time, useNow } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'

const tones: Record<DeadlineState, Tone> = {
  running: 'accent',
  passed: 'critical',
  met: 'good',
  late_met: 'medium',
  stopped: 'neutral',
}

/** How it stands with a deadline. */
export function StatePill({ deadline: { state } }: { deadline: RunningDeadline }) {
  const { label } = useWords()
  return <Pill tone={tones[state]}>{label('deadlineState', state)}</Pill>
}

/** What is due, with the rule and clause on hover. */
export function DeadlineName({ deadline }: { deadline: RunningDeadline }) {
  const { t } = useLingui()
  const { language } = useWords()
  const { name, rule } = deadline
  const uncertain = rule !== null && rule.provisional.length > 0
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className="truncate" title={rule ? `${rule.profile} ${rule.id}: ${rule.clause}` : ''}>
        {name[language]}
      </span>
      {uncertain ? <Pill tone="medium">{t`chưa chắc chắn`}</Pill> : null}
      {deadline.simulated ? <SimulatedRow /> : null}
    </span>
  )
}

/** When it is due, or why nobody can say. */
export function DueTime({ deadline }: { deadline: RunningDeadline }) {
  const { t } = useLingui()
  const now = useNow()
  const { due_at, missing_year, state } = deadline
  if (due_at === null) {
    return (
      <span className="text-critical">{t`Chưa tính được: không có lịch năm ${missing_year}`}</span>
    )
  }
  const isLate = state === 'passed' || (state === 'running' && millisecondsOf(due_at) < now)
  return <Time at={due_at} className={isLate ? 'text-critical' : 'text-ink-2'} />
}

/** Working time that is left of what is still open. */
export function TimeLeft({ deadline }: { deadline: RunningDeadline }) {
  const { t } = useLingui()
  const { duration } = useWords()
  const { working_minutes_left: left, state } = deadline
  if (state !== 'running' || left === null) return <span className="text-ink-3">—</span>
  return <span title={t`Chỉ tính giờ làm việc theo lịch`}>{duration(left * 60)}</span>
}

/** Pages of what has deadlines. */
export const subjectPages = {
  incident: '/incidents/$id',
  'incident-report': '/incident-reports/$id',
  order: '/orders/$id',
  handover: '/handovers/$id',
} as const

/** What the deadline is of; leads there. */
export function SubjectLink({ deadline }: { deadline: RunningDeadline }) {
  const { subject_kind, subject_id, subject_label } = deadline
  const to = subjectPages[subject_kind]
  return (
    <Link to={to} params={{ id: subject_id }} className="font-mono text-12 hover:underline">
      {subject_label}
    </Link>
  )
}

export function useDeadlineColumns(): readonly Column<RunningDeadline>[] {
  const { t } = useLingui()
  return useMemo<readonly Column<RunningDeadline>[]>(
    () => [
      {
        id: 'due',
        header: t`Hạn`,
        width: 'minmax(110px,0.8fr)',
        cell: (deadline) => <DueTime deadline={deadline} />,
      },
      {
        id: 'left',
        header: t`Còn (giờ làm việc)`,
        width: '130px',
        from: 760,
        cell: (deadline) => <TimeLeft deadline={deadline} />,
      },
      {
        id: 'name',
        header: t`Việc phải xong`,
        width: 'minmax(160px,2fr)',
        cell: (deadline) => <DeadlineName deadline={deadline} />,
      },
      {
        id: 'subject',
        header: t`Thuộc về`,
        width: '120px',
        cell: (deadline) => <SubjectLink deadline={deadline} />,
      },
      {
        id: 'organisation',
        header: t`Tổ chức phải làm`,
        width: 'minmax(120px,1.2fr)',
        from: 900,
        cell: ({ organisation_name }) => organisation_name,
      },
      {
        id: 'assignee',
        header: t`Phụ trách`,
        width: '130px',
        from: 1080,
        cell: ({ assignee_name }) => assignee_name ?? '—',
      },
      {
        id: 'clause',
        header: t`Điều khoản`,
        width: 'minmax(140px,1.2fr)',
        from: 1240,
        cell: ({ rule }) => <span className="text-ink-2">{rule?.clause ?? ''}</span>,
      },
      {
        id: 'state',
        header: t`Tình trạng`,
        width: '140px',
        from: 560,
        cell: (deadline) => <StatePill deadline={deadline} />,
      },
    ],
    [t],
  )
}

/** A deadline on a telephone. */
export function DeadlineLine({ deadline }: { deadline: RunningDeadline }) {
  return (
    <div className="flex flex-col gap-1">
      <DeadlineName deadline={deadline} />
      <div className="flex items-center gap-2 text-12 text-ink-2">
        <StatePill deadline={deadline} />
        <SubjectLink deadline={deadline} />
        <span className="ml-auto min-w-0 truncate">
          <DueTime deadline={deadline} />
        </span>
      </div>
    </div>
  )
}

import type { Approval } from '@haidang/contracts/approval'
import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { Pill, type Tone } from '../../components/pill.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'

const tones: Record<Approval['state'], Tone> = {
  open: 'medium',
  approved: 'accent',
  done: 'good',
  refused: 'critical',
  withdrawn: 'neutral',
  expired: 'neutral',
}

/** How far a request is. */
export function ApprovalState({ state }: { state: Approval['state'] }) {
  const { label } = useWords()
  return <Pill tone={tones[state]}>{label('approvalState', state)}</Pill>
}

export function useApprovalColumns(): readonly Column<Approval>[] {
  const { t } = useLingui()
  const { label, number } = useWords()
  return useMemo<readonly Column<Approval>[]>(
    () => [
      {
        id: 'state',
        header: t`Tình trạng`,
        width: '150px',
        cell: ({ state }) => <ApprovalState state={state} />,
      },
      {
        id: 'kind',
        header: t`Việc`,
        width: 'minmax(160px,1.2fr)',
        cell: (approval) => <What approval={approval} />,
      },
      {
        id: 'size',
        header: t`Cỡ`,
        width: '72px',
        align: 'right',
        from: 760,
        cell: ({ size }) => number(size),
      },
      {
        id: 'reason',
        header: t`Lý do`,
        width: 'minmax(120px,1.6fr)',
        from: 900,
        cell: ({ reason }) => <span className="text-ink-2">{reason}</span>,
      },
      {
        id: 'asked_by',
        header: t`Người đề nghị`,
        width: '150px',
        from: 640,
        cell: ({ asked_by }) => asked_by,
      },
      {
        id: 'asked_at',
        header: t`Lúc`,
        width: '110px',
        cell: ({ asked_at }) => <Time at={asked_at} />,
      },
      {
        id: 'decided_by',
        header: t`Người quyết định`,
        width: '150px',
        from: 1080,
        cell: ({ decided_by }) => decided_by,
      },
    ],
    [t, label, number],
  )
}

/** The kind of act, and the title of its object where it has one. */
function What({ approval: { kind, facts, may_decide } }: { approval: Approval }) {
  const { t } = useLingui()
  const { label } = useWords()
  const title = facts.find(({ name }) => name === 'title')?.values[0]
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className="truncate">
        {label('approvalKind', kind)}
        {typeof title === 'string' ? `: ${title}` : ''}
      </span>
      {may_decide ? <Pill tone="accent">{t`chờ bạn`}</Pill> : null}
    </span>
  )
}

/** A request on a telephone. */
export function ApprovalLine({ approval }: { approval: Approval }) {
  return (
    <div className="flex flex-col gap-1">
      <What approval={approval} />
      <p className="flex items-center gap-2 text-12 text-ink-2">
        <ApprovalState state={approval.state} />
        <span className="truncate">{approval.asked_by}</span>
        <Time at={approval.asked_at} className="ml-auto shrink-0" />
      </p>
    </div>
  )
}

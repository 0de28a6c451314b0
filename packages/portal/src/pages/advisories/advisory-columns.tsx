import { type Advisory, type AdvisoryDraftLine, inLanguage } from '@haidang/contracts/advisory'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { Pill, SimulatedRow } from '../../components/pill.tsx'
import { SeverityMark } from '../../components/severity.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { answerTone, stepTone } from './answer-tone.ts'

/** What waits for the reader's own answer comes first, then who is late, then how it stands. */
export function AdvisoryState({ advisory }: { advisory: Advisory }) {
  const { t } = useLingui()
  const { label } = useWords()
  const { state, own, tally } = advisory
  if (state === 'cancelled') return <Pill>{label('advisoryState', state)}</Pill>
  if (own ? own.overdue : tally.overdue > 0) return <Pill tone="critical">{t`Quá hạn`}</Pill>
  if (own?.assessment && own.step !== 'returned') {
    return <Pill tone={answerTone(own)}>{label('assessment', own.assessment)}</Pill>
  }
  if (own) return <Pill tone={stepTone(own.step)}>{label('advisoryStep', own.step)}</Pill>
  return <Pill tone="accent">{label('advisoryState', state)}</Pill>
}

function Title({ advisory }: { advisory: Advisory }) {
  const { language } = useWords()
  const { content } = advisory
  return (
    <span className="flex min-w-0 items-center gap-2">
      <SeverityMark severity={content.severity} />
      <Link
        to="/advisories/$id"
        params={{ id: advisory.id }}
        className="min-w-0 truncate font-medium hover:underline"
      >
        {inLanguage(content.title, language)}
      </Link>
      {advisory.simulated ? <SimulatedRow /> : null}
    </span>
  )
}

/** `3/12`: addressees who have nothing left to do. */
function Settled({ advisory }: { advisory: Advisory }) {
  const { number } = useWords()
  const { settled, addressees } = advisory.tally
  return (
    <>
      {number(settled)}/{number(addressees)}
    </>
  )
}

export function useAdvisoryColumns(): readonly Column<Advisory>[] {
  const { t } = useLingui()
  const { label } = useWords()
  return useMemo(
    () => [
      {
        id: 'number',
        header: t`Số`,
        width: '128px',
        from: 780,
        cell: ({ number }) => <span className="font-mono text-12">{number}</span>,
      },
      {
        id: 'title',
        header: t`Trích yếu`,
        width: 'minmax(200px,3fr)',
        fixed: true,
        cell: (advisory) => <Title advisory={advisory} />,
      },
      {
        id: 'kind',
        header: t`Loại`,
        width: '112px',
        from: 840,
        cell: ({ content }) => label('advisoryKind', content.kind),
      },
      {
        id: 'issuer',
        header: t`Nơi phát hành`,
        width: 'minmax(120px,1.4fr)',
        from: 960,
        cell: ({ issuer_name }) => <span title={issuer_name}>{issuer_name}</span>,
      },
      {
        id: 'settled',
        header: t`Đã xong`,
        width: '88px',
        from: 700,
        cell: (advisory) => <Settled advisory={advisory} />,
      },
      {
        id: 'updated',
        header: t`Cập nhật`,
        width: '104px',
        cell: ({ updated_at }) => <Time at={updated_at} className="text-ink-2" />,
      },
      {
        id: 'state',
        header: t`Trạng thái`,
        width: '140px',
        cell: (advisory) => <AdvisoryState advisory={advisory} />,
      },
    ],
    [t, label],
  )
}

export function AdvisoryRow({ advisory }: { advisory: Advisory }) {
  return (
    <div className="flex flex-col gap-1">
      <Title advisory={advisory} />
      <div className="flex items-center gap-2 text-12 text-ink-2">
        <span className="truncate">{advisory.issuer_name}</span>
        <span className="ml-auto shrink-0">
          <AdvisoryState advisory={advisory} />
        </span>
      </div>
    </div>
  )
}

function DraftTitle({ draft }: { draft: AdvisoryDraftLine }) {
  const { language } = useWords()
  return (
    <span className="flex min-w-0 items-center gap-2">
      <SeverityMark severity={draft.content.severity} />
      <Link
        to="/advisories/drafts/$id"
        params={{ id: draft.id }}
        className="min-w-0 truncate font-medium hover:underline"
      >
        {inLanguage(draft.content.title, language)}
      </Link>
    </span>
  )
}

export function useDraftColumns(): readonly Column<AdvisoryDraftLine>[] {
  const { t } = useLingui()
  const { label, number } = useWords()
  return useMemo(
    () => [
      {
        id: 'title',
        header: t`Trích yếu`,
        width: 'minmax(200px,3fr)',
        fixed: true,
        cell: (draft) => <DraftTitle draft={draft} />,
      },
      {
        id: 'kind',
        header: t`Loại`,
        width: '112px',
        from: 780,
        cell: ({ content }) => label('advisoryKind', content.kind),
      },
      {
        id: 'author',
        header: t`Người soạn`,
        width: 'minmax(120px,1fr)',
        from: 900,
        cell: ({ author_name }) => author_name,
      },
      {
        id: 'addressees',
        header: t`Nơi nhận`,
        width: '80px',
        from: 700,
        cell: ({ addressee_count }) => number(addressee_count),
      },
      {
        id: 'updated',
        header: t`Cập nhật`,
        width: '104px',
        cell: ({ updated_at }) => <Time at={updated_at} className="text-ink-2" />,
      },
      {
        id: 'stage',
        header: t`Bước`,
        width: '116px',
        cell: ({ stage }) => <Pill tone="accent">{label('advisoryStage', stage)}</Pill>,
      },
    ],
    [t, label, number],
  )
}

export function DraftRow({ draft }: { draft: AdvisoryDraftLine }) {
  const { label } = useWords()
  return (
    <div className="flex flex-col gap-1">
      <DraftTitle draft={draft} />
      <div className="flex items-center gap-2 text-12 text-ink-2">
        <span className="truncate">{draft.author_name}</span>
        <span className="ml-auto shrink-0">
          <Pill tone="accent">{label('advisoryStage', draft.stage)}</Pill>
        </span>
      </div>
    </div>
  )
}

import type { PlaybookState, PlaybookSummary } from '@haidang/contracts/playbook'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { Pill, TlpLabel, type Tone } from '../../components/pill.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { plainDate } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'

const tones: Readonly<Record<PlaybookState, Tone>> = {
  draft: 'neutral',
  upcoming: 'accent',
  in_force: 'good',
  retired: 'neutral',
}

export function PlaybookPill({ playbook }: { playbook: PlaybookSummary }) {
  const { t } = useLingui()
  const { label } = useWords()
  return (
    <>
      <Pill tone={tones[playbook.state]}>{label('playbookState', playbook.state)}</Pill>
      {playbook.has_draft && playbook.published > 0 ? (
        <Pill tone="accent">{t`Có bản đang soạn`}</Pill>
      ) : null}
    </>
  )
}

/** By when it is to be reviewed, marked where that is over. */
export function ReviewBy({ playbook }: { playbook: PlaybookSummary }) {
  const { t } = useLingui()
  const { review_by, review_overdue } = playbook
  if (review_by === null) return <span className="text-ink-3">—</span>
  return (
    <span className={review_overdue ? 'font-medium text-critical' : ''}>
      {plainDate(review_by)}
      {review_overdue ? ` · ${t`quá hạn`}` : ''}
    </span>
  )
}

/** Incident types it is for. */
export function PlaybookTypes({ types }: Pick<PlaybookSummary, 'types'>) {
  const { t } = useLingui()
  const { label } = useWords()
  if (types.length === 0) return <>{t`Mọi loại sự cố`}</>
  return <>{types.map((type) => label('incidentType', type)).join(', ')}</>
}

function PlaybookLink({ playbook }: { playbook: PlaybookSummary }) {
  const { language } = useWords()
  return (
    <Link
      to="/playbooks/$id"
      params={{ id: playbook.id }}
      className="truncate font-medium hover:underline"
    >
      {playbook.name[language]}
    </Link>
  )
}

export function usePlaybookColumns(): readonly Column<PlaybookSummary>[] {
  const { t } = useLingui()
  return useMemo<readonly Column<PlaybookSummary>[]>(
    () => [
      {
        id: 'name',
        header: t`Phương án`,
        width: 'minmax(180px,2fr)',
        fixed: true,
        cell: (playbook) => <PlaybookLink playbook={playbook} />,
      },
      {
        id: 'types',
        header: t`Loại sự cố`,
        width: 'minmax(120px,1.5fr)',
        from: 1100,
        cell: (playbook) => (
          <span className="truncate text-ink-2">
            <PlaybookTypes types={playbook.types} />
          </span>
        ),
      },
      {
        id: 'owner',
        header: t`Tổ chức`,
        width: 'minmax(140px,1fr)',
        cell: ({ organisation_name, own }) => (
          <span className={own ? 'truncate' : 'truncate text-accent'} title={organisation_name}>
            {organisation_name}
          </span>
        ),
      },
      {
        id: 'state',
        header: t`Tình trạng`,
        width: '230px',
        cell: (playbook) => (
          <span className="flex items-center gap-1.5">
            <PlaybookPill playbook={playbook} />
          </span>
        ),
      },
      {
        id: 'tlp',
        header: 'TLP',
        width: '130px',
        from: 1200,
        cell: ({ tlp }) => <TlpLabel tlp={tlp} />,
      },
      {
        id: 'review',
        header: t`Rà soát trước`,
        width: '170px',
        cell: (playbook) => <ReviewBy playbook={playbook} />,
      },
      {
        id: 'updated',
        header: t`Cập nhật`,
        width: '120px',
        from: 1000,
        cell: ({ updated_at }) => <Time at={updated_at} />,
      },
    ],
    [t],
  )
}

/** A playbook on a narrow screen. */
export function PlaybookLine({ playbook }: { playbook: PlaybookSummary }) {
  const { t } = useLingui()
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span className="flex min-w-0 flex-wrap items-center gap-2">
        <PlaybookLink playbook={playbook} />
        <PlaybookPill playbook={playbook} />
      </span>
      <span className="flex min-w-0 items-center gap-2 text-12 text-ink-2">
        <span className="truncate">{playbook.organisation_name}</span>
        {playbook.review_by === null ? null : (
          <span className="shrink-0">
            {t`Rà soát trước`} <ReviewBy playbook={playbook} />
          </span>
        )}
      </span>
    </div>
  )
}

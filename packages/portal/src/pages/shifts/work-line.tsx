import { isOwned, type OpenWork } from '@haidang/contracts/handover'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Pill, TlpLabel } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'

/** Pages of open work, by the prefix of what a page shows. */
const pages = {
  inc: '/incidents/$id',
  irp: '/incident-reports/$id',
  ord: '/orders/$id',
  clu: '/alerts/$id',
} as const
const isKnown = (prefix: string): prefix is keyof typeof pages => Object.hasOwn(pages, prefix)

interface WorkLineProps {
  readonly work: OpenWork
  /** Before the words: a box to mark it, what became of it. */
  readonly lead?: ReactNode
  readonly children?: ReactNode
}

/** One piece of open work: what it is, and the way to it. */
export function WorkLine({ work, lead, children }: WorkLineProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const { kind, page_id, title, due_at, unowned, tlp } = work
  const prefix = page_id.slice(0, 3)
  return (
    <li className="flex min-w-0 items-start gap-2 py-2 text-13">
      {lead}
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <span className="text-12 text-ink-3">{label('openWorkKind', kind)}</span>
          {isKnown(prefix) ? (
            <Link
              to={pages[prefix]}
              params={{ id: page_id }}
              className="min-h-6 font-medium hover:underline"
            >
              {work.label}
            </Link>
          ) : (
            <span className="font-medium">{work.label}</span>
          )}
          <TlpLabel tlp={tlp} />
          {unowned && isOwned(kind) ? <Pill tone="medium">{t`chưa ai phụ trách`}</Pill> : null}
          {due_at ? <Time at={due_at} className="text-12 text-ink-2" /> : null}
        </p>
        <p className="min-w-0 break-words text-ink-2">{title}</p>
        {children}
      </div>
    </li>
  )
}

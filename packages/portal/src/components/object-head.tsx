import type { ReactNode } from 'react'
import { cn } from '../theme/cn.ts'
import { gutter } from './page.tsx'

interface ObjectHeadProps {
  /** Number, severity, state, labels: what identifies the thing. */
  readonly line: ReactNode
  readonly title: ReactNode
  readonly about?: ReactNode
  readonly acts?: ReactNode
}

/** The identity of an object: stays in sight while its page scrolls. On a telephone its acts stand under the thumb. */
export function ObjectHead({ line, title, about, acts }: ObjectHeadProps) {
  return (
    <header className={cn('top-0 z-20 border-b bg-bg py-3 md:sticky', gutter)}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 pb-1 text-13">{line}</div>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 md:basis-[26rem]">
          <h1 className="text-18 md:text-24">{title}</h1>
          {about ? <div className="pt-0.5 text-13 text-ink-2">{about}</div> : null}
        </div>
        {acts ? (
          <div className="fixed inset-x-0 bottom-14 z-20 flex items-center gap-2 overflow-x-auto border-t bg-surface px-4 py-2 empty:hidden md:static md:z-auto md:flex-wrap md:overflow-visible md:border-0 md:bg-transparent md:p-0">
            {acts}
          </div>
        ) : null}
      </div>
    </header>
  )
}

/** Story at the left, facts at the right; one column where there is no room for two. */
export function TwoColumns({ story, facts }: { story: ReactNode; facts: ReactNode }) {
  return (
    <div
      className={cn(
        'grid gap-x-10 gap-y-8 py-5 pb-24 lg:grid-cols-[minmax(0,1fr)_320px] md:pb-10',
        gutter,
      )}
    >
      <div className="flex min-w-0 flex-col gap-8">{story}</div>
      <div className="flex min-w-0 flex-col gap-6">{facts}</div>
    </div>
  )
}

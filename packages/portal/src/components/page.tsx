import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { createContext, type ReactNode, type RefObject, use, useEffect, useRef } from 'react'
import { cn } from '../theme/cn.ts'

const ScrollContext = createContext<RefObject<HTMLDivElement | null>>({ current: null })

/** The element that scrolls the page; virtual tables measure against it. */
export function useScrollElement(): RefObject<HTMLDivElement | null> {
  return use(ScrollContext)
}

interface PageProps {
  readonly title: string
  readonly peek?: ReactNode
  readonly children: ReactNode
  readonly className?: string
}

/** One page: what scrolls, and the panel at its right where there is one. */
export function Page({ title, peek, children, className }: PageProps) {
  const scroll = useRef<HTMLDivElement>(null)
  useEffect(() => {
    document.title = `${title} · Hải Đăng`
  }, [title])
  return (
    <ScrollContext value={scroll}>
      <div className="flex h-full min-h-0">
        <div ref={scroll} className={cn('min-w-0 flex-1 overflow-y-auto', className)}>
          {children}
        </div>
        {peek}
      </div>
    </ScrollContext>
  )
}

interface PeekProps {
  readonly label: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** The panel beside a list: enough to decide without leaving it. */
export function Peek({ label, onClose, children }: PeekProps) {
  const { t } = useLingui()
  return (
    <aside
      aria-label={label}
      className="appear-right fixed inset-x-0 top-12 bottom-14 z-30 flex flex-col border-l bg-surface shadow-float md:bottom-0 md:left-auto md:w-110 lg:relative lg:inset-auto lg:shadow-none"
    >
      <button
        type="button"
        onClick={onClose}
        aria-label={t`Đóng xem nhanh`}
        className="absolute top-3 right-3 z-10 grid size-8 place-items-center rounded-control bg-surface text-ink-3 hover:bg-hover hover:text-ink"
      >
        <X className="size-4" />
      </button>
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
    </aside>
  )
}

/** The gutter every page keeps. */
export const gutter = 'px-4 md:px-6'

interface PageHeadProps {
  readonly title: ReactNode
  readonly count?: ReactNode
  readonly about?: ReactNode
  readonly acts?: ReactNode
}

/** The title of a list page, its count, and its primary act at the right. */
export function PageHead({ title, count, about, acts }: PageHeadProps) {
  return (
    <header className={cn('flex flex-wrap items-center gap-x-4 gap-y-2 pt-5 pb-3', gutter)}>
      <div className="min-w-0 flex-1 basis-48">
        <h1 className="flex items-baseline gap-3 text-24">
          {title}
          {count === undefined ? null : (
            <span className="font-normal text-15 text-ink-3">{count}</span>
          )}
        </h1>
        {about ? <p className="text-13 text-ink-2">{about}</p> : null}
      </div>
      {acts ? <div className="flex flex-wrap items-center gap-2">{acts}</div> : null}
    </header>
  )
}

interface SectionProps {
  readonly title: ReactNode
  readonly count?: ReactNode
  readonly acts?: ReactNode
  readonly children: ReactNode
  readonly className?: string
}

/** A part of a page under a ruled heading. */
export function Section({ title, count, acts, children, className }: SectionProps) {
  return (
    <section className={cn('min-w-0', className)}>
      <div className="mb-1 flex min-h-8 flex-wrap items-center gap-x-3 border-line-strong border-b">
        <h2 className="text-13">
          {title}
          {count === undefined ? null : (
            <span className="ml-2 font-normal text-ink-3">{count}</span>
          )}
        </h2>
        {acts ? <div className="ml-auto flex flex-wrap items-center gap-2">{acts}</div> : null}
      </div>
      {children}
    </section>
  )
}
